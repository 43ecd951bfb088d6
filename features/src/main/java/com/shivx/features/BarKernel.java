package com.shivx.features;

import com.shivx.features.bar.Bar;

/**
 * A kernel that looks at closed bars. Its slice is zeroed by a session gap and when the source of
 * the price changes.
 */
public interface BarKernel extends Kernel {

    /** Takes one closed bar in which the symbol ticked. */
    void onBar(Bar bar, double[] state, int at);

    /**
     * Takes a run of empty bars after {@link #onBar}: open, high, low and close are the last close
     * and nothing was traded. The same as that many single bars, in time that does not grow with
     * the count.
     */
    void onEmptyBars(long count, double close, double[] state, int at);
}
