package com.shivx.drift.accuracy;

/**
 * How often each class was taken for each.
 *
 * @param counts of each true class (first index) how many rows were predicted as each (second)
 */
public record ConfusionMatrix(long[][] counts) {

    /** Over all rows, each counted where its most probable class (the first of equals) stands. */
    public static ConfusionMatrix of(ScoredRows rows) {
        long[][] counts = new long[rows.classes()][rows.classes()];
        for (int row = 0; row < rows.rows(); row++) {
            counts[rows.truths()[row]][rows.predicted(row)]++;
        }
        return new ConfusionMatrix(counts);
    }

    /** Share of rows whose predicted class came true; 0 to 1, NaN without rows. */
    public double accuracy() {
        long right = 0;
        long all = 0;
        for (int c = 0; c < counts.length; c++) {
            right += counts[c][c];
            all += truths(c);
        }
        return (double) right / all;
    }

    /** Share of the rows predicted as the class that were of it; NaN if none was predicted so. */
    public double precision(int ofClass) {
        long predicted = 0;
        for (long[] truth : counts) {
            predicted += truth[ofClass];
        }
        return (double) counts[ofClass][ofClass] / predicted;
    }

    /** Share of the rows of the class that were predicted as it; NaN if there were none. */
    public double recall(int ofClass) {
        return (double) counts[ofClass][ofClass] / truths(ofClass);
    }

    /** How many rows were of the class. */
    public long truths(int ofClass) {
        long sum = 0;
        for (long count : counts[ofClass]) {
            sum += count;
        }
        return sum;
    }
}
