package com.shivx.features.volume;

import com.shivx.features.BarKernel;
import com.shivx.features.Moment;
import com.shivx.features.bar.Bar;

/**
 * Illiquidity: how far the price moves for what is traded, {@code Σw·|r| / Σw·notional} over the
 * bars in which something was traded, in basis points for a million of quote currency. r is the log
 * return from the close of the bar before; weights halve every so many traded bars. NaN before the
 * first such bar that has one before it.
 *
 * <p>Amihud ("Illiquidity and stock returns", Journal of Financial Markets 5, 2002) averages the
 * ratios of days; over seconds a single bar with a tiny trade would be all of that average, so here
 * the sums are divided. The notional is that of the symbol's contract.
 *
 * @param halfLifeBars half-life of a weight, in traded bars
 */
public record Amihud(double halfLifeBars) implements BarKernel {

    private static final int STARTED = 0;
    private static final int LOG_CLOSE = 1;
    private static final int MOVES = 2;
    private static final int NOTIONAL = 3;
    private static final double BPS_PER_MILLION = 1e4 * 1e6;

    @Override
    public int slots() {
        return 4;
    }

    @Override
    public void onBar(Bar bar, double[] state, int at) {
        double logClose = StrictMath.log(bar.close());
        if (state[at + STARTED] != 0 && bar.notional() > 0) {
            double decay = StrictMath.pow(0.5, 1 / halfLifeBars);
            double move = Math.abs(logClose - state[at + LOG_CLOSE]);
            state[at + MOVES] = decay * state[at + MOVES] + move;
            state[at + NOTIONAL] = decay * state[at + NOTIONAL] + bar.notional();
        }
        state[at + STARTED] = 1;
        state[at + LOG_CLOSE] = logClose;
    }

    @Override
    public void onEmptyBars(long count, double close, double[] state, int at) {
        // Nothing traded, and the close is where it was.
    }

    /** The illiquidity; 0 or more. */
    public double value(Moment now, double[] state, int at) {
        return state[at + MOVES] / state[at + NOTIONAL] * BPS_PER_MILLION;
    }
}
