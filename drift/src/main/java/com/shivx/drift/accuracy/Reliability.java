package com.shivx.drift.accuracy;

/**
 * How often a model is right where it says so: rows in {@link #BINS} bins of equal width of the
 * probability of the predicted class, the last one closed at 1. The expected calibration error is
 *
 * <pre>
 * ECE = Σ_b n_b/n · |mean p in b − share right in b| = Σ_b |Σp − Σright| / n
 * </pre>
 *
 * from 0 to 1; NaN over no rows (Guo, Pleiss, Sun, Weinberger, "On calibration of modern neural
 * networks", 2017). Even of a perfect model it is above 0 on a finite sample, so compare it with
 * another's on the same rows only.
 *
 * @param rows how many each bin has
 * @param confidences sum of the predicted classes' probabilities in each bin
 * @param right how many of each bin came true
 */
public record Reliability(long[] rows, double[] confidences, long[] right) {

    /** How many bins there are. */
    public static final int BINS = 10;

    /** Over all rows. */
    public static Reliability of(ScoredRows scored) {
        long[] rows = new long[BINS];
        double[] confidences = new double[BINS];
        long[] right = new long[BINS];
        for (int row = 0; row < scored.rows(); row++) {
            double confidence = scored.probability(row, scored.predicted(row));
            int bin = bin(confidence);
            rows[bin]++;
            confidences[bin] += confidence;
            right[bin] += scored.isRight(row) ? 1 : 0;
        }
        return new Reliability(rows, confidences, right);
    }

    /** The bin of a probability, 0 to 1. */
    public static int bin(double confidence) {
        return Math.min(BINS - 1, (int) (confidence * BINS));
    }

    /** The expected calibration error. */
    public double expectedError() {
        double sum = 0;
        long all = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += Math.abs(confidences[bin] - right[bin]);
            all += rows[bin];
        }
        return sum / all;
    }
}
