package com.shivx.features.volatility;

import com.shivx.features.BarKernel;
import com.shivx.features.Moment;
import com.shivx.features.bar.Bar;
import com.shivx.features.bar.HighLow;

/**
 * Highest high minus lowest low of the last closed bars over the last close, in basis points. 0
 * while the price rests, NaN until so many bars are closed.
 *
 * @param bars length of the window
 */
public record HighLowRange(int bars) implements BarKernel {

    private static final int CLOSE = 0;
    private static final int WINDOW = 1;
    private static final double BPS = 1e4;

    @Override
    public int slots() {
        return WINDOW + window().slots();
    }

    @Override
    public void onBar(Bar bar, double[] state, int at) {
        state[at + CLOSE] = bar.close();
        window().add(bar.high(), bar.low(), 1, state, at + WINDOW);
    }

    @Override
    public void onEmptyBars(long count, double close, double[] state, int at) {
        window().add(close, close, count, state, at + WINDOW);
    }

    /** The range. */
    public double bps(Moment now, double[] state, int at) {
        HighLow window = window();
        if (!window.isFull(state, at + WINDOW)) {
            return Double.NaN;
        }
        double range = window.highest(state, at + WINDOW) - window.lowest(state, at + WINDOW);
        return range / state[at + CLOSE] * BPS;
    }

    private HighLow window() {
        return new HighLow(bars);
    }
}
