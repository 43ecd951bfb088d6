package com.shivx.drift.accuracy;

/**
 * Brier's score of several classes, {@code Σ_c (p_c − y_c)²} with y 1 for the class that came true
 * and 0 for the others, averaged over rows (G. W. Brier, "Verification of forecasts expressed in
 * terms of probability", 1950). From 0 to 2: as Brier and scikit-learn's {@code
 * scale_by_half=False} have it, so twice the usual figure of two classes. NaN over no rows.
 */
public final class BrierScore {

    private BrierScore() {}

    /** Of one row. */
    public static double of(ScoredRows rows, int row) {
        double sum = 0;
        for (int c = 0; c < rows.classes(); c++) {
            double miss = rows.probability(row, c) - (rows.truths()[row] == c ? 1 : 0);
            sum += miss * miss;
        }
        return sum;
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
