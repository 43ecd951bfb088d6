package com.shivx.models.training.linear;

import static com.shivx.models.graph.OnnxWriter.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.shivx.models.contract.ContractMetadata;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.Task;
import com.shivx.models.graph.OnnxWriter;
import com.shivx.models.training.ExportTerms;
import com.shivx.models.training.Rows;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A linear model: missing values, scaling and tails are dealt with inside the graph, so every row
 * has an answer.
 */
final class LinearModel implements TrainedModel {

    private final TrainingTask task;
    private final List<String> columns;
    private final Standardisation standardisation;
    private final Weights weights;
    private final String summary;

    LinearModel(
            TrainingTask task,
            List<String> columns,
            Standardisation standardisation,
            Weights weights) {
        this(task, columns, standardisation, weights, "");
    }

    private LinearModel(
            TrainingTask task,
            List<String> columns,
            Standardisation standardisation,
            Weights weights,
            String summary) {
        this.task = task;
        this.columns = columns;
        this.standardisation = standardisation;
        this.weights = weights;
        this.summary = summary;
    }

    LinearModel summarised(String line) {
        return new LinearModel(task, columns, standardisation, weights, line);
    }

    @Override
    public TrainingTask task() {
        return task;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public float[] predict(Rows rows) {
        if (!rows.columns().equals(columns)) {
            throw new IllegalArgumentException(
                    "the rows have columns %s; give %s".formatted(rows.columns(), columns));
        }
        float[] z = standardisation.apply(rows);
        int outputs = weights.outputs();
        float[] answers = new float[rows.count() * outputs];
        double[] margins = new double[outputs];
        for (int i = 0; i < rows.count(); i++) {
            weights.margins(z, i, margins);
            if (task.task() == Task.CLASSIFICATION) {
                Softmax.apply(margins);
            }
            for (int k = 0; k < outputs; k++) {
                answers[i * outputs + k] = (float) margins[k];
            }
        }
        return answers;
    }

    @Override
    public boolean answersMissing() {
        return true;
    }

    @Override
    public byte[] toOnnx(ModelContract contract) throws TrainingException {
        ModelContract agreed = ExportTerms.agreed(contract, this);
        int width = columns.size();
        float[] scales = new float[width];
        for (int i = 0; i < width; i++) {
            scales[i] = standardisation.divisor(i);
        }
        OnnxWriter graph = new OnnxWriter("linear");
        String x = graph.input("features", DataType.FLOAT, OnnxWriter.OPEN, width);
        String mean = graph.floats("mean", standardisation.mean(), width);
        String scale = graph.floats("scale", scales, width);
        String low = graph.floats("low", new float[] {-standardisation.clip()});
        String high = graph.floats("high", new float[] {standardisation.clip()});
        String weight = graph.floats("weight", weights.weights(), width, weights.outputs());
        String intercept = graph.floats("intercept", weights.intercepts(), weights.outputs());

        String missing = graph.node("IsNaN", List.of(x));
        String filled = graph.node("Where", List.of(missing, mean, x));
        String centred = graph.node("Sub", List.of(filled, mean));
        String scaled = graph.node("Div", List.of(centred, scale));
        String clipped = graph.node("Clip", List.of(scaled, low, high));
        String margins = graph.node("Gemm", List.of(clipped, weight, intercept));
        String answers =
                task.task() == Task.CLASSIFICATION
                        ? graph.node("Softmax", List.of(margins), attribute("axis", 1))
                        : margins;
        graph.output(answers, DataType.FLOAT, OnnxWriter.OPEN, weights.outputs());
        ContractMetadata.ofAnyVersion(agreed).forEach(graph::metadata);
        return graph.toBytes();
    }

    /** By the size of the weights of the standardised columns, over all classes. */
    @Override
    public Map<String, Double> importance() {
        double[] sizes = new double[columns.size()];
        double sum = 0;
        for (int i = 0; i < weights.weights().length; i++) {
            double size = Math.abs(weights.weights()[i]);
            sizes[i / weights.outputs()] += size;
            sum += size;
        }
        Map<String, Double> importance = new LinkedHashMap<>();
        for (int i = 0; i < sizes.length; i++) {
            importance.put(columns.get(i), sum > 0 ? sizes[i] / sum : 0);
        }
        return importance;
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public void close() {
        // Holds nothing native.
    }
}
