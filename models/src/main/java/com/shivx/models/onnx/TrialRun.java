package com.shivx.models.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.contract.Task;
import com.shivx.models.graph.LabelOutput;
import com.shivx.models.graph.ServingGraph;
import com.shivx.models.onnx.TrialAnswers.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
     * @param label the output that names the class where the scores do not; null otherwise
     * @param answersMissing whether a row of NaN is answered
     * @param batchSizes sizes in which every row has the same bits, rising
     */
    record Findings(
            ScoreShape shape,
            OutputKind kind,
            @Nullable LabelOutput label,
            boolean answersMissing,
            int[] batchSizes) {}

    private static final String EXPORT_REMEDY =
            "run it in Python on a few rows and export it again";

    private final OnnxSession session;
    private final ServingGraph graph;
    private final ModelContract contract;
    private final TrialRows rows;
    private final int probed;
    private final int[] indices;

    /**
     * A trial of one model.
     *
     * @param smallestBatch the first size to be tried, and to which fewer rows are padded; a model
     *     with a fixed batch has its own
     */
    TrialRun(
            OnnxSession session,
            ServingGraph graph,
            ModelContract contract,
            TrialRows rows,
            int smallestBatch) {
        this.session = session;
        this.graph = graph;
        this.contract = contract;
        this.rows = rows;
        int fixed = graph.inputs().fixedBatch();
        this.probed = fixed > 0 ? fixed : smallestBatch;
        this.indices = IntStream.range(0, contract.columns().size()).toArray();
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
        Probe probe = probe(deadline);
        checkWidth(probe.shape());
        Trial trial = new Trial(probe, deadline);
        int[] sizes = trial.sizesWithSameBits(maxBatch);
        TrialAnswers answers = new TrialAnswers(contract, rows, trial.alone(sizes[0]));
        OutputKind kind = answers.kind(probe.label());
        answers.checkOrdinary(kind);
        LabelOutput label = kind == OutputKind.LABELLED_SCORES ? probe.label() : null;
        return new Findings(probe.shape(), kind, label, answers.checkMissing(kind), sizes);
    }

    /**
     * What the first call showed.
     *
     * @param shape what really comes back
     * @param label the label output, if it has a label for each row
     */
    private record Probe(ScoreShape shape, @Nullable LabelOutput label) {}

    private Probe probe(Deadline deadline) throws OrtException, ModelRefusedException {
        LabelOutput label = contract.task() == Task.REGRESSION ? null : graph.label();
        Set<String> outputs =
                label == null ? Set.of(graph.scores()) : Set.of(graph.scores(), label.name());
        OrtSession running = session.enter();
        try (InputBuffers inputs = new InputBuffers(graph.inputs(), indices, probed)) {
            for (int i = 0; i < probed; i++) {
                inputs.write(i, rows.row(i));
            }
            try (OrtSession.Result result =
                    running.run(inputs.tensors(), outputs, deadline.options())) {
                OnnxTensor scores = (OnnxTensor) result.get(graph.scores()).orElseThrow();
                ScoreShape shape =
                        new ScoreShape(
                                graph.scores(),
                                graph.scoreType(),
                                scores.getInfo().getShape(),
                                probed);
                checkRows(shape);
                boolean labelled = label != null && LabelTexts.of(result, label).length == probed;
                return new Probe(shape, labelled ? label : null);
            }
        } finally {
            session.leave();
        }
    }

    private static void checkRows(ScoreShape shape) throws ModelRefusedException {
        if (!shape.hasRows()) {
            throw new ModelRefusedException(
                    "output '"
                            + shape.name()
                            + "' has shape "
                            + Arrays.toString(shape.shape())
                            + " for "
                            + shape.rows()
                            + " rows, expected one row of scores for each",
                    "export it with a free first dimension");
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
                    classes == graph.labels().texts().size()
                            ? "export it with one number a class (probability=True, or"
                                    + " decision_function_shape='ovr')"
                            : "name its classes in its order with --classes");
        }
    }

    /** Rows through the model, in batches of several sizes. */
    private final class Trial {

        private final Probe probe;
        private final Deadline deadline;

        Trial(Probe probe, Deadline deadline) {
            this.probe = probe;
            this.deadline = deadline;
        }

        int[] sizesWithSameBits(int maxBatch) throws OrtException, ModelRefusedException {
            boolean fixed = graph.inputs().fixedBatch() > 0;
            List<Answer> alone = alone(probed);
            if (!sameBits(alone, probed)) {
                if (fixed || !sameBits(alone(1), 1)) {
                    throw new ModelRefusedException(
                            "the scores of a row change from call to call, or with the rows beside it",
                            "leave out what draws random numbers, and export it with a free first dimension");
                }
                return new int[] {1};
            }
            List<Integer> sizes = new ArrayList<>(List.of(probed));
            for (int size = 2 * probed; size <= maxBatch && !fixed; size *= 2) {
                if (sameBits(alone, size)) {
                    sizes.add(size);
                }
            }
            return sizes.stream().mapToInt(Integer::intValue).toArray();
        }

        /** Every row without company. */
        List<Answer> alone(int size) throws OrtException {
            List<Answer> alone = new ArrayList<>();
            try (Batch batch = newBatch(size)) {
                for (int i = 0; i < rows.count(); i++) {
                    batch.inputs().write(0, rows.row(i));
                    for (int pad = 1; pad < size; pad++) {
                        batch.inputs().blank(pad);
                    }
                    batch.run(deadline.options());
                    alone.add(answer(batch, 0));
                }
            }
            return alone;
        }

        /**
         * Every row at several places of the batch, between ordinary rows, rows of NaN and
         * outliers.
         */
        private boolean sameBits(List<Answer> alone, int size) throws OrtException {
            try (Batch batch = newBatch(size)) {
                int step = size <= 2 ? 1 : 5;
                for (int shift = 0; shift < alone.size(); shift += step) {
                    for (int i = 0; i < size; i++) {
                        batch.inputs().write(i, rows.row(i + shift));
                    }
                    batch.run(deadline.options());
                    for (int i = 0; i < size; i++) {
                        if (!answer(batch, i).isSame(alone.get((i + shift) % alone.size()))) {
                            return false;
                        }
                    }
                }
            }
            return true;
        }

        private Batch newBatch(int size) throws OrtException {
            return new Batch(session, graph.inputs(), indices, probe.shape(), probe.label(), size);
        }

        private Answer answer(Batch batch, int row) {
            float[] scores = new float[batch.width()];
            batch.readScores(row, 1, scores, 0, scores.length);
            return new Answer(scores, probe.label() == null ? null : batch.label(row));
        }
    }
}
