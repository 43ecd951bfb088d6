package com.shivx.models.validation;

import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.models.Action;
import java.util.Arrays;

/**
 * What acting on a model would have given: one position a symbol, of size 1, opened at a row whose
 * most probable class says to buy or sell and closed a horizon later; none is opened before the
 * last is closed, nor where the row has no PnL.
 *
 * @param ofRowBps what the position opened at each row gave, in basis points; 0 where none was
 * @param opened whether a position was opened at each row
 */
public record PnlCurve(double[] ofRowBps, boolean[] opened) {

    /** Follows a model. */
    public static PnlCurve of(LabelledRows rows, ScoredRows scores) {
        double[] ofRow = new double[rows.rows()];
        boolean[] opened = new boolean[rows.rows()];
        long[] closedAt = new long[rows.symbolNames().size()];
        Arrays.fill(closedAt, Long.MIN_VALUE);
        for (int row = 0; row < ofRow.length; row++) {
            double pnl = pnl(rows, row, rows.actions().get(scores.predicted(row)));
            long time = rows.eventTimeMicros()[row];
            int symbol = rows.symbols()[row];
            if (Double.isFinite(pnl) && time >= closedAt[symbol]) {
                opened[row] = true;
                ofRow[row] = pnl;
                closedAt[symbol] = time + rows.horizonMicros();
            }
        }
        return new PnlCurve(ofRow, opened);
    }

    private static double pnl(LabelledRows rows, int row, Action action) {
        return switch (action) {
            case BUY -> rows.buyPnlBps()[row];
            case HOLD -> Double.NaN;
            case SELL -> rows.sellPnlBps()[row];
        };
    }

    /** How many positions were opened. */
    public int positions() {
        int positions = 0;
        for (boolean open : opened) {
            positions += open ? 1 : 0;
        }
        return positions;
    }

    /** The sum over all positions. */
    public double totalBps() {
        return Arrays.stream(ofRowBps).sum();
    }
}
