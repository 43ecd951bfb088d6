package com.shivx.models.validation;

import com.shivx.drift.accuracy.LogLoss;
import com.shivx.drift.accuracy.ScoredRows;

/** How figures went over the time of the rows. */
final class Course {

    /** As many points as a plot can show apart. */
    private static final int PARTS = 60;

    private Course() {}

    /**
     * The mean of {@code rival's − model's} log-loss in each part of the time, above 0 where the
     * model is better; NaN where there are no rows.
     */
    static Series logLossGain(String name, LabelledRows rows, ScoredRows model, ScoredRows rival) {
        double[] sums = new double[PARTS];
        int[] counts = new int[PARTS];
        for (int row = 0; row < rows.rows(); row++) {
            int part = part(rows, row);
            sums[part] += LogLoss.of(rival, row) - LogLoss.of(model, row);
            counts[part]++;
        }
        for (int part = 0; part < PARTS; part++) {
            sums[part] /= counts[part];
        }
        return new Series(name, middles(rows), sums);
    }

    /** PnL of all positions until then, in basis points. */
    static Series pnl(String name, LabelledRows rows, PnlCurve curve) {
        double[] upTo = new double[PARTS];
        for (int row = 0; row < rows.rows(); row++) {
            upTo[part(rows, row)] += curve.ofRowBps()[row];
        }
        for (int part = 1; part < PARTS; part++) {
            upTo[part] += upTo[part - 1];
        }
        return new Series(name, middles(rows), upTo);
    }

    private static int part(LabelledRows rows, int row) {
        double share = (rows.eventTimeMicros()[row] - first(rows)) / length(rows);
        return Math.min(PARTS - 1, (int) (share * PARTS));
    }

    private static long[] middles(LabelledRows rows) {
        long[] middles = new long[PARTS];
        for (int part = 0; part < PARTS && rows.rows() > 0; part++) {
            middles[part] = (long) (first(rows) + (part + 0.5) / PARTS * length(rows));
        }
        return middles;
    }

    private static double first(LabelledRows rows) {
        return rows.eventTimeMicros()[0];
    }

    /** From the first row to after the last. */
    private static double length(LabelledRows rows) {
        return rows.eventTimeMicros()[rows.rows() - 1] - first(rows) + 1;
    }
}
