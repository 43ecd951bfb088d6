package com.shivx.features.trend;

import com.shivx.features.BarKernel;
import com.shivx.features.Moment;
import com.shivx.features.bar.Bar;
import com.shivx.features.bar.Ring;

/**
 * Rate of change of bar closes: {@code close / close(n bars before) − 1}, as a fraction (Lean's
 * ROC; StockCharts shows it in percent). NaN before; warm after n + 1 bars.
 *
 * @param bars n
 */
public record RateOfChange(int bars) implements BarKernel {

    @Override
    public int slots() {
        return ring().slots();
    }

    @Override
    public void onBar(Bar bar, double[] state, int at) {
        ring().add(bar.close(), state, at);
    }

    @Override
    public void onEmptyBars(long count, double close, double[] state, int at) {
        ring().add(close, count, state, at);
    }

    /** The change. */
    public double value(Moment now, double[] state, int at) {
        Ring ring = ring();
        return ring.back(1, state, at) / ring.back(bars + 1, state, at) - 1;
    }

    private Ring ring() {
        return new Ring(bars + 1);
    }
}
