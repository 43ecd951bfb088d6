package com.shivx.models.training.xgboost;

import com.shivx.models.contract.Task;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The trees of a model and where their sums begin.
 *
 * @param objective what they were boosted for, in XGBoost's words
 * @param columns columns of a row
 * @param base the margin of each output before any tree: the logit of a binary classification, one
 *     a class of several, the value of a regression
 * @param trees in the order in which they were learned
 */
record TreeEnsemble(Objective objective, int columns, float[] base, List<Tree> trees) {

    /** What XGBoost can boost for and this can export. */
    enum Objective {
        /** Two classes by one margin, that of the second. */
        BINARY("binary:logistic"),
        /** Several classes, a margin each. */
        SOFTMAX("multi:softprob"),
        /** A value. */
        VALUE("reg:squarederror");

        private final String text;

        Objective(String text) {
            this.text = text;
        }

        static Objective of(Task task, int classes) {
            if (task == Task.REGRESSION) {
                return VALUE;
            }
            return classes == 2 ? BINARY : SOFTMAX;
        }

        /**
         * What a row weighs before anything is learned: the second derivative of its loss at equal
         * probabilities, as XGBoost has it.
         */
        double rowWeight(int classes) {
            return switch (this) {
                case VALUE -> 1;
                case BINARY -> 0.25;
                case SOFTMAX -> 2.0 * (classes - 1) / classes / classes;
            };
        }

        /** As in XGBoost's parameters and files. */
        String text() {
            return text;
        }
    }

    /** Where the trees split a column, rising, without repeats. */
    float[] splits(int column) {
        TreeSet<Float> splits = new TreeSet<>();
        for (Tree tree : trees) {
            tree.visit(
                    node -> {
                        if (!tree.isLeaf(node) && tree.columns()[node] == column) {
                            splits.add(tree.conditions()[node]);
                        }
                    });
        }
        float[] values = new float[splits.size()];
        int i = 0;
        for (float split : splits) {
            values[i++] = split;
        }
        return values;
    }

    /** Share of each column in the gain of all splits, together 1; all 0 without a split. */
    double[] gainShares() {
        double[] gains = new double[columns];
        for (Tree tree : trees) {
            tree.visit(
                    node -> {
                        if (!tree.isLeaf(node)) {
                            gains[tree.columns()[node]] += tree.gains()[node];
                        }
                    });
        }
        double sum = Arrays.stream(gains).sum();
        return sum > 0 ? Arrays.stream(gains).map(gain -> gain / sum).toArray() : gains;
    }
}
