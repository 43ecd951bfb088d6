package com.shivx.features.volume;

import com.shivx.features.BarKernel;
import com.shivx.features.Moment;
import com.shivx.features.bar.Bar;
import com.shivx.features.bar.Ring;

/**
 * Volume-weighted average price of the last closed bars: {@code Σ price·size / Σ size} over their
 * trades. NaN where nothing was traded in them (0/0); over fewer bars until so many are closed.
 *
 * <p>Fed with a bar's typical price {@code (high + low + close) / 3} times its volume for turnover,
 * it is Lean's moving VWAP and StockCharts' sheet. An inverse contract's sizes are amounts of quote
 * currency and weigh as such.
 *
 * @param bars length of the window
 */
public record RollingVwap(int bars) implements BarKernel {

    private static final int TURNOVER = 0;
    private static final int VOLUME = 1;
    private static final int RINGS = 2;
    private static final double BPS = 1e4;

    @Override
    public int slots() {
        return RINGS + 2 * ring().slots();
    }

    @Override
    public void onBar(Bar bar, double[] state, int at) {
        take(bar.turnover(), bar.volume(), 1, state, at);
    }

    @Override
    public void onEmptyBars(long count, double close, double[] state, int at) {
        take(0, 0, count, state, at);
    }

    private void take(double turnover, double volume, long times, double[] state, int at) {
        // Nothing traded among nothing traded: the rings hold zeros and go on to.
        if (volume == 0 && state[at + VOLUME] == 0) {
            return;
        }
        Ring ring = ring();
        int turnovers = at + RINGS;
        int volumes = turnovers + ring.slots();
        ring.add(turnover, times, state, turnovers);
        ring.add(volume, times, state, volumes);
        state[at + TURNOVER] = ring.sum(state, turnovers);
        state[at + VOLUME] = ring.sum(state, volumes);
    }

    /** {@code (price / VWAP − 1) · 10⁴}, in basis points. */
    public double deviationBps(Moment now, double[] state, int at) {
        double vwap = state[at + TURNOVER] / state[at + VOLUME];
        return (now.price() / vwap - 1) * BPS;
    }

    private Ring ring() {
        return new Ring(bars);
    }
}
