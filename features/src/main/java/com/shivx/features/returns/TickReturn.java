package com.shivx.features.returns;

import com.shivx.features.Kernel;
import com.shivx.features.Moment;

/**
 * Log return of the price since the tick before. 0 for a tick that brings no price; NaN for a
 * symbol's first tick and where its price changes source; warm after two ticks.
 */
public record TickReturn() implements Kernel {

    @Override
    public int slots() {
        return 0;
    }

    /** The return. */
    public double value(Moment now, double[] state, int at) {
        return now.logReturn();
    }
}
