package com.shivx.features.oscillator;

import com.shivx.features.BarKernel;
import com.shivx.features.Moment;
import com.shivx.features.bar.Bar;
import com.shivx.features.bar.HighLow;
import com.shivx.features.bar.Rounding;

/**
 * Fast stochastic %K: {@code 100·(close − lowest) / (highest − lowest)} over the last bars, the
 * latest included (Lane; StockCharts). 0 to 100; NaN until so many bars are closed, and where
 * nothing moved in them (0/0).
 *
 * @param bars length of the window
 */
public record Stochastic(int bars) implements BarKernel {

    private static final int CLOSE = 0;
    private static final int WINDOW = 1;

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

    /** %K. */
    public double percentK(Moment now, double[] state, int at) {
        HighLow window = window();
        if (!window.isFull(state, at + WINDOW)) {
            return Double.NaN;
        }
        double lowest = window.lowest(state, at + WINDOW);
        double close = state[at + CLOSE];
        return 100
                * Rounding.move(lowest, close)
                / Rounding.move(lowest, window.highest(state, at + WINDOW));
    }

    private HighLow window() {
        return new HighLow(bars);
    }
}
