package com.shivx.models.quantization;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.PredictionStatus;
import com.shivx.models.graph.InputLayout;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.InnerTensors;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs rows through a float model and looks at what its products are given. Used once. */
final class Calibrator {

    /** Fewer say nothing of how far activations reach. */
    private static final int FEWEST_ROWS = 100;

    /**
     * Share of an activation's values that may lie beyond either end of its scale and are cut off
     * there. Measured on trained 32-256-256-3 networks, mean |Δp| for scales over everything, over
     * 99.99 % and over 99.9 %, and at the least squared error: Gaussian columns .0025, .0020, .0026
     * and .0021; columns of Student's t with 3 degrees .039, .0094, .0075 and .026; the same with a
     * glitch of 10,000 in one of 10,000 rows .19, .0083, .0075 and .19, where the log-loss rises by
     * .25, .0005, nothing and .24. Few rows are cut off, and all others gain.
     */
    private static final double CUT_OFF_SHARE = 1e-4;

    private final OnnxModel model;
    private final List<String> tensors;
    private final List<ActivationHistogram> histograms;
    private long rows;
    private float @Nullable [] answered;

    Calibrator(OnnxModel model, List<Product> products) {
        this.model = model;
        this.tensors = products.stream().map(Product::input).distinct().toList();
        this.histograms = tensors.stream().map(tensor -> new ActivationHistogram()).toList();
    }

    /**
     * Runs them.
     *
     * @param serving the graph that the model runs as
     */
    Calibration run(ModelProto serving, InputLayout layout, SampleRows samples)
            throws ModelRefusedException {
        List<String> shown = new ArrayList<>();
        byte[] graph = showing(serving, shown);
        int columns = model.contract().columns().size();
        try (InnerTensors inner = InnerTensors.open(graph, layout, columns, shown);
                BatchScorer scorer = model.newScorer(1)) {
            samples.read(
                    (values, label) -> {
                        rows++;
                        inner.add(values, this::take);
                        if (answered == null && isAnswered(scorer, values)) {
                            answered = values;
                        }
                    });
            inner.flush(this::take);
            return calibration(scorer);
        }
    }

    private void take(int tensor, long[] shape, FloatBuffer values) throws ModelRefusedException {
        if (shape.length != 2) {
            throw new ModelRefusedException(
                    "its product of '"
                            + tensors.get(tensor)
                            + "' takes a tensor of shape "
                            + Arrays.toString(shape),
                    "flatten rows to [N, F] before its linear layers");
        }
        ActivationHistogram histogram = histograms.get(tensor);
        while (values.hasRemaining()) {
            histogram.add(values.get());
        }
    }

    private Calibration calibration(BatchScorer scorer) throws ModelRefusedException {
        if (rows < FEWEST_ROWS) {
            throw new ModelRefusedException(
                    "there are " + rows + " rows to calibrate on",
                    "give " + FEWEST_ROWS + " or more, such as it was trained on");
        }
        if (answered == null) {
            throw new ModelRefusedException(
                    "it answers none of the " + rows + " rows",
                    "give rows of its own columns, such as it was trained on");
        }
        Map<String, ActivationScale> scales = new HashMap<>();
        long notFinite = 0;
        for (int i = 0; i < tensors.size(); i++) {
            scales.put(tensors.get(i), histograms.get(i).scale(CUT_OFF_SHARE));
            notFinite += histograms.get(i).notFinite();
        }
        return new Calibration(scales, rows, notFinite, unanswered(scorer, answered));
    }

    /** Asks for a row that it answers, with one value after the other spoilt. */
    private Unanswered unanswered(BatchScorer scorer, float[] row) {
        if (!answersAll(scorer, row, Float.POSITIVE_INFINITY)
                || !answersAll(scorer, row, Float.NEGATIVE_INFINITY)) {
            return Unanswered.NOT_FINITE;
        }
        return answersAll(scorer, row, Float.NaN) ? Unanswered.NONE : Unanswered.MISSING;
    }

    private boolean answersAll(BatchScorer scorer, float[] row, float value) {
        for (int column = 0; column < row.length; column++) {
            float[] changed = row.clone();
            changed[column] = value;
            if (!isAnswered(scorer, changed)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAnswered(BatchScorer scorer, float[] row) {
        Scores scores = scorer.score(model.vector(row));
        return scores.status(0) == PredictionStatus.OK;
    }

    /** The graph with the tensors among its outputs, under names of their own. */
    private byte[] showing(ModelProto serving, List<String> shown) {
        ModelProto.Builder model = serving.toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        String prefix = Names.unused(serving.getGraph(), "shown");
        for (String tensor : tensors) {
            String name = prefix + shown.size();
            graph.addNode(
                    NodeProto.newBuilder().setOpType("Identity").addInput(tensor).addOutput(name));
            graph.addOutput(
                    ValueInfoProto.newBuilder()
                            .setName(name)
                            .setType(
                                    TypeProto.newBuilder()
                                            .setTensorType(
                                                    TypeProto.Tensor.newBuilder()
                                                            .setElemType(DataType.FLOAT_VALUE))));
            shown.add(name);
        }
        return model.build().toByteArray();
    }
}
