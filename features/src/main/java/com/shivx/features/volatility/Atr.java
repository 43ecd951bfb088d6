package com.shivx.features.volatility;

import com.shivx.features.BarKernel;
import com.shivx.features.Moment;
import com.shivx.features.bar.Bar;
import com.shivx.features.trend.ExponentialAverage;
import com.shivx.features.trend.Seed;

/**
 * Average true range (Wilder, 1978): Wilder's average ({@code α = 1/length}, seeded by the simple
 * one) of {@code max(high, close before) − min(low, close before)}. The first bar's range is its
 * high minus low and counts in the seed, as in Lean's and StockCharts' sheets, so it is warm after
 * {@code length} bars; sources that begin with the second bar have their first value one later. NaN
 * before; an empty bar has range 0.
 *
 * @param length length of the average, in bars
 */
public record Atr(int length) implements BarKernel {

    private static final int STARTED = 0;
    private static final int CLOSE = 1;
    private static final int RANGE = 2;
    private static final double BPS = 1e4;

    @Override
    public int slots() {
        return RANGE + ExponentialAverage.SLOTS;
    }

    @Override
    public void onBar(Bar bar, double[] state, int at) {
        double before = state[at + CLOSE];
        double range =
                state[at + STARTED] == 0
                        ? bar.high() - bar.low()
                        : Math.max(bar.high(), before) - Math.min(bar.low(), before);
        average().add(range, state, at + RANGE);
        state[at + STARTED] = 1;
        state[at + CLOSE] = bar.close();
    }

    @Override
    public void onEmptyBars(long count, double close, double[] state, int at) {
        average().add(0, count, state, at + RANGE);
    }

    /** The average over the last close, in basis points. */
    public double bps(Moment now, double[] state, int at) {
        return value(state, at) / state[at + CLOSE] * BPS;
    }

    private double value(double[] state, int at) {
        return average().value(state, at + RANGE);
    }

    private ExponentialAverage average() {
        return ExponentialAverage.wilder(length, Seed.AVERAGE);
    }
}
