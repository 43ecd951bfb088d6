package com.shivx.drift.accuracy;

/**
 * Logarithmic loss in nats, {@code −ln p} with p the probability that the model gave to what came
 * true (I. J. Good, "Rational decisions", 1952). From 0 (certain and right) to −ln {@link #CLIP} =
 * 16.1; the frequencies of K equal classes have ln K. NaN over no rows.
 */
public final class LogLoss {

    /**
     * Below it p is taken as it: the step of float32 at 1, beneath which a model's "impossible" is
     * rounding.
     */
    public static final double CLIP = 1e-7;

    private LogLoss() {}

    /** Of one probability, 0 to 1. */
    public static double of(double probabilityOfTruth) {
        return -Math.log(Math.max(CLIP, probabilityOfTruth));
    }

    /** Of one row. */
    public static double of(ScoredRows rows, int row) {
        return of(rows.probability(row, rows.truths()[row]));
    }

    /** Mean over all rows. */
    public static double mean(ScoredRows rows) {
        double sum = 0;
        for (int row = 0; row < rows.rows(); row++) {
            sum += of(rows, row);
        }
        return sum / rows.rows();
    }
}
