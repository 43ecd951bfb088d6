package com.shivx.models.onnx;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.contract.Task;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the scores of the trial rows say of a model: what its numbers mean, and whether they are
 * answers.
 *
 * @param alone the scores of each row as the model gives them
 */
record TrialAnswers(ModelContract contract, TrialRows rows, float[][] alone) {

    /**
     * What the contract says; else probabilities if every row that is finite looks like them,
     * outliers included: decision scores do not stay in [0, 1].
     */
    OutputKind kind() {
        if (contract.output() != null) {
            return contract.output();
        }
        if (contract.task() == Task.REGRESSION) {
            return OutputKind.VALUE;
        }
        for (int row = 0; row < alone.length; row++) {
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
                unanswered = Arrays.toString(alone[row]) + " for " + Arrays.toString(rows.row(row));
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
     * Decision scores are read as "the highest names the class". One-against-one scores are not of
     * that kind; the label that the model gives beside them shows it.
     *
     * @param labels the label of each row
     * @param known the labels of the classes in their order; empty where the graph does not name
     *     them, and then one label must go with one class
     */
    void checkLabels(List<String> labels, List<String> known) throws ModelRefusedException {
        Map<String, String> classOfLabel = new HashMap<>();
        Map<String, String> labelOfClass = new HashMap<>();
        for (int i = 0; i < known.size(); i++) {
            classOfLabel.put(known.get(i), contract.classes().get(i));
            labelOfClass.put(contract.classes().get(i), known.get(i));
        }
        for (int row = 0; row < alone.length; row++) {
            float[] scores = complete(row, OutputKind.SCORES);
            int best = Scores.best(scores);
            // Of equal scores any may be named.
            if (!isAnswer(row, OutputKind.SCORES) || isTied(scores, best)) {
                continue;
            }
            String label = labels.get(row);
            String name = contract.classes().get(best);
            classOfLabel.putIfAbsent(label, name);
            labelOfClass.putIfAbsent(name, label);
            if (!name.equals(classOfLabel.get(label)) || !label.equals(labelOfClass.get(name))) {
                throw new ModelRefusedException(
                        "its highest score does not name its class: label "
                                + label
                                + " beside scores "
                                + Arrays.toString(alone[row]),
                        "export it with probabilities (probability=True)");
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
        float[] scores = Arrays.copyOf(alone[row], Math.max(1, contract.classes().size()));
        kind.complete(scores, 0, alone[row].length, scores.length);
        return scores;
    }
}
