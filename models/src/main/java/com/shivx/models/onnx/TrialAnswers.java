package com.shivx.models.onnx;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.contract.Task;
import com.shivx.models.graph.LabelOutput;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the answers to the trial rows say of a model: what its numbers mean, and whether they are
 * answers.
 *
 * @param alone the answer to each row
 */
record TrialAnswers(ModelContract contract, TrialRows rows, List<Answer> alone) {

    /**
     * What the model gives a row.
     *
     * @param scores as it gives them
     * @param label the label beside them; null of a model that has none
     */
    record Answer(float[] scores, @Nullable String label) {

        /** To the bit. */
        boolean isSame(Answer other) {
            return Arrays.equals(scores, other.scores) && Objects.equals(label, other.label);
        }
    }

    /**
     * What the contract says; else probabilities if every row that is finite looks like them,
     * outliers included: decision scores do not stay in [0, 1].
     *
     * @param label the label output, where the model has a label for each row
     */
    OutputKind kind(@Nullable LabelOutput label) throws ModelRefusedException {
        OutputKind kind = contract.output() == null ? seen() : contract.output();
        if (kind == OutputKind.LABELLED_SCORES && (label == null || label.labels().isEmpty())) {
            throw new ModelRefusedException(
                    "the contract promises labelled scores, and the graph shows no labels in the order"
                            + " of its classes",
                    "export the label beside the scores, or do not promise it");
        }
        if (kind != OutputKind.SCORES || label == null) {
            return kind;
        }
        if (contract.output() == null && !label.labels().isEmpty()) {
            return OutputKind.LABELLED_SCORES;
        }
        checkLabels(label.labels());
        return kind;
    }

    private OutputKind seen() {
        if (contract.task() == Task.REGRESSION) {
            return OutputKind.VALUE;
        }
        for (int row = 0; row < alone.size(); row++) {
            if (isAnswer(row, OutputKind.SCORES) && !isAnswer(row, OutputKind.PROBABILITIES)) {
                return OutputKind.SCORES;
            }
        }
        return OutputKind.PROBABILITIES;
    }

    /**
     * At least half of the ordinary rows are answered; the rest may lie where the model is not
     * defined.
     */
    void checkOrdinary(OutputKind kind) throws ModelRefusedException {
        int answered = 0;
        String unanswered = "";
        for (int row = 0; row < rows.ordinary(); row++) {
            if (isAnswer(row, kind)) {
                answered++;
            } else {
                unanswered =
                        Arrays.toString(alone.get(row).scores())
                                + " for "
                                + Arrays.toString(rows.row(row));
            }
        }
        if (2 * answered < rows.ordinary()) {
            throw new ModelRefusedException(
                    "only "
                            + answered
                            + " of "
                            + rows.ordinary()
                            + " ordinary rows gave "
                            + kind.promise()
                            + ", one gave "
                            + unanswered,
                    "run it in Python on a few rows and export it again");
        }
    }

    /** Whether the row of missing values is answered, as the contract may promise. */
    boolean checkMissing(OutputKind kind) throws ModelRefusedException {
        boolean answered = rows.missing() >= 0 && isAnswer(rows.missing(), kind);
        if (contract.imputes() && !answered) {
            throw new ModelRefusedException(
                    "the contract promises an answer for missing values, and a row of NaN has none",
                    "impute NaN inside the graph, or do not promise it");
        }
        return answered;
    }

    /**
     * Scores without a label that can be served are read as "the highest names the class". Those of
     * pairs of classes are not of that kind; a label beside them shows it.
     *
     * @param labels those of the classes in their order; empty where the graph does not show it,
     *     and then one label must go with one class
     */
    private void checkLabels(List<String> labels) throws ModelRefusedException {
        Map<String, Integer> classOfLabel = new HashMap<>();
        Map<Integer, String> labelOfClass = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            classOfLabel.put(labels.get(i), i);
            labelOfClass.put(i, labels.get(i));
        }
        for (int row = 0; row < alone.size(); row++) {
            float[] scores = complete(row, OutputKind.SCORES);
            int best = Scores.best(scores);
            // Of equal scores any may be named.
            if (!isAnswer(row, OutputKind.SCORES) || isTied(scores, best)) {
                continue;
            }
            String label = String.valueOf(alone.get(row).label());
            classOfLabel.putIfAbsent(label, best);
            labelOfClass.putIfAbsent(best, label);
            if (classOfLabel.get(label) != best || !label.equals(labelOfClass.get(best))) {
                throw new ModelRefusedException(
                        "its highest score does not name its class: label "
                                + label
                                + " beside scores "
                                + Arrays.toString(alone.get(row).scores()),
                        labels.isEmpty()
                                ? "export it with probabilities (probability=True)"
                                : "promise labelled_scores, or no kind of output");
            }
        }
    }

    private static boolean isTied(float[] scores, int best) {
        int equal = 0;
        for (float score : scores) {
            equal += score == scores[best] ? 1 : 0;
        }
        return equal > 1;
    }

    private boolean isAnswer(int row, OutputKind kind) {
        float[] scores = complete(row, kind);
        return kind.isAnswer(scores, 0, scores.length);
    }

    private float[] complete(int row, OutputKind kind) {
        float[] scores =
                Arrays.copyOf(alone.get(row).scores(), Math.max(1, contract.classes().size()));
        kind.complete(scores, 0, alone.get(row).scores().length, scores.length);
        return scores;
    }
}
