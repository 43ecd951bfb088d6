package com.shivx.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.contract.Task;
import com.shivx.models.graph.ServingGraph;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Runs a model before it serves: what it returns, whether it answers, and in which batch sizes a
 * row gets the same bits whatever stands beside it. Kernels differ in the last bit between one row
 * and several, or by the place of a row, so a size that differs is not used; where two rows change
 * each other, they are scored one by one.
 */
final class TrialRun {

    /**
     * What the trial showed.
     *
     * @param shape what a call returns
     * @param kind what the numbers mean
     * @param answersMissing whether a row of NaN is answered
     * @param batchSizes sizes in which every row has the same bits, rising
     */
    record Findings(ScoreShape shape, OutputKind kind, boolean answersMissing, int[] batchSizes) {}

    private static final String EXPORT_REMEDY =
            "run it in Python on a few rows and export it again";

    private final OnnxSession session;
    private final ServingGraph graph;
    private final ModelContract contract;
    private final TrialRows rows;
    private final int columns;
    private final int probed;
    private final int[] indices;

    TrialRun(OnnxSession session, ServingGraph graph, ModelContract contract, TrialRows rows) {
        this.session = session;
        this.graph = graph;
        this.contract = contract;
        this.rows = rows;
        this.columns = contract.columns().size();
        // A lone row is padded: kernels for one row may differ from those for several.
        this.probed = graph.inputs().fixedBatch() > 0 ? graph.inputs().fixedBatch() : 2;
        this.indices = IntStream.range(0, columns).toArray();
    }

    Findings run(int maxBatch, Duration time) throws ModelRefusedException {
        // Not a resource of the try below: its catch asks whether the time was up.
        Deadline deadline = new Deadline(time);
        try {
            return run(maxBatch, deadline);
        } catch (OrtException e) {
            throw deadline.isExpired()
                    ? new ModelRefusedException(
                            "the trial run did not end within " + time.toMillis() + " ms",
                            "make the model smaller",
                            e)
                    : new ModelRefusedException(
                            "the trial run failed: " + OnnxSession.reason(e), EXPORT_REMEDY, e);
        } finally {
            deadline.close();
        }
    }

    private Findings run(int maxBatch, Deadline deadline)
            throws OrtException, ModelRefusedException {
        ScoreShape shape = probe(deadline);
        checkWidth(shape);
        int[] sizes = sizesWithSameBits(shape, maxBatch, deadline);
        TrialAnswers answers =
                new TrialAnswers(contract, rows, scoreAlone(shape, sizes[0], deadline));
        OutputKind kind = answers.kind();
        answers.checkOrdinary(kind);
        if (kind == OutputKind.SCORES && graph.label() != null) {
            answers.checkLabels(labels(graph.label(), deadline), graph.labels());
        }
        return new Findings(shape, kind, answers.checkMissing(kind), sizes);
    }

    /** The first call: the shape that really comes back. */
    private ScoreShape probe(Deadline deadline) throws OrtException, ModelRefusedException {
        try (InputBuffers inputs = new InputBuffers(graph.inputs(), columns, probed)) {
            for (int i = 0; i < probed; i++) {
                inputs.write(i, rows.row(i), indices);
            }
            ScoreShape shape =
                    call(
                            inputs,
                            graph.scores(),
                            deadline,
                            tensor ->
                                    new ScoreShape(
                                            graph.scores(),
                                            graph.scoreType(),
                                            tensor.getInfo().getShape(),
                                            probed));
            if (!shape.hasRows()) {
                throw new ModelRefusedException(
                        "output '"
                                + shape.name()
                                + "' has shape "
                                + Arrays.toString(shape.shape())
                                + " for "
                                + probed
                                + " rows, expected one row of scores for each",
                        "export it with a free first dimension");
            }
            return shape;
        }
    }

    private interface Reading<T> {
        T of(OnnxTensor tensor) throws OrtException;
    }

    private <T> T call(InputBuffers inputs, String output, Deadline deadline, Reading<T> reading)
            throws OrtException {
        OrtSession running = session.enter();
        try (OrtSession.Result result =
                running.run(inputs.tensors(), Set.of(output), deadline.options())) {
            return reading.of((OnnxTensor) result.get(0));
        } finally {
            session.leave();
        }
    }

    private void checkWidth(ScoreShape shape) throws ModelRefusedException {
        int width = shape.width();
        int classes = contract.classes().size();
        if (contract.task() == Task.REGRESSION && width != 1) {
            throw new ModelRefusedException(
                    "output '"
                            + shape.name()
                            + "' gives "
                            + width
                            + " numbers a row, expected 1 of a regression",
                    "if they are one a class, name the classes with --classes");
        }
        if (contract.task() == Task.CLASSIFICATION
                && width != classes
                && !(width == 1 && classes == 2)) {
            throw new ModelRefusedException(
                    "output '"
                            + shape.name()
                            + "' gives "
                            + width
                            + " numbers a row, expected "
                            + classes
                            + " for the classes "
                            + contract.classes(),
                    "name its classes in its order with --classes");
        }
    }

    private int[] sizesWithSameBits(ScoreShape shape, int maxBatch, Deadline deadline)
            throws OrtException, ModelRefusedException {
        int first = probed;
        float[][] alone = scoreAlone(shape, first, deadline);
        if (!sameBits(alone, shape, first, deadline)) {
            first = 1;
            alone = scoreAlone(shape, first, deadline);
            if (graph.inputs().fixedBatch() > 0 || !sameBits(alone, shape, first, deadline)) {
                throw new ModelRefusedException(
                        "the scores of a row change from call to call, or with the rows beside it",
                        "leave out what draws random numbers, and export it with a free first dimension");
            }
            return new int[] {first};
        }
        List<Integer> sizes = new ArrayList<>(List.of(first));
        for (int size = 2 * first;
                size <= maxBatch && graph.inputs().fixedBatch() == 0;
                size *= 2) {
            if (sameBits(alone, shape, size, deadline)) {
                sizes.add(size);
            }
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Every row without company. */
    private float[][] scoreAlone(ScoreShape shape, int size, Deadline deadline)
            throws OrtException {
        float[][] alone = new float[rows.count()][];
        try (Batch batch = new Batch(session, graph.inputs(), columns, shape, size)) {
            for (int i = 0; i < alone.length; i++) {
                batch.inputs().write(0, rows.row(i), indices);
                for (int pad = 1; pad < size; pad++) {
                    batch.inputs().blank(pad);
                }
                batch.run(deadline.options());
                alone[i] = scores(batch, 0);
            }
        }
        return alone;
    }

    /**
     * Every row at several places of the batch, between ordinary rows, rows of NaN and outliers.
     */
    private boolean sameBits(float[][] alone, ScoreShape shape, int size, Deadline deadline)
            throws OrtException {
        try (Batch batch = new Batch(session, graph.inputs(), columns, shape, size)) {
            int step = size <= 2 ? 1 : 5;
            for (int shift = 0; shift < alone.length; shift += step) {
                for (int i = 0; i < size; i++) {
                    batch.inputs().write(i, rows.row((i + shift) % alone.length), indices);
                }
                batch.run(deadline.options());
                for (int i = 0; i < size; i++) {
                    if (!Arrays.equals(scores(batch, i), alone[(i + shift) % alone.length])) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static float[] scores(Batch batch, int row) {
        float[] scores = new float[batch.width()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = batch.score(row, i);
        }
        return scores;
    }

    /** The label that the model itself gives each row. */
    private List<String> labels(String output, Deadline deadline) throws OrtException {
        List<String> labels = new ArrayList<>();
        try (InputBuffers inputs = new InputBuffers(graph.inputs(), columns, probed)) {
            for (int i = 0; i < rows.count(); i++) {
                for (int at = 0; at < probed; at++) {
                    inputs.write(at, rows.row(i), indices);
                }
                labels.add(call(inputs, output, deadline, TrialRun::firstText));
            }
        }
        return labels;
    }

    /** The first element of a tensor of labels, numbers or texts, of any rank. */
    private static String firstText(OnnxTensor labels) throws OrtException {
        Object value = labels.getValue();
        while (value.getClass().isArray()) {
            value = Array.get(value, 0);
        }
        return value.toString();
    }
}
