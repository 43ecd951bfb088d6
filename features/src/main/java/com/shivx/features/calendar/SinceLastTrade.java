package com.shivx.features.calendar;

import com.shivx.features.Moment;
import com.shivx.features.TickKernel;

/** Seconds of event time since the last trade; 0 at a trade, NaN before the symbol's first. */
public record SinceLastTrade() implements TickKernel {

    private static final int TRADED = 0;
    private static final int AT_MICROS = 1;

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public void onTick(Moment now, double[] state, int at) {
        if (now.isTrade()) {
            state[at + TRADED] = 1;
            state[at + AT_MICROS] = now.micros();
        }
    }

    /** The time. */
    public double seconds(Moment now, double[] state, int at) {
        return state[at + TRADED] == 0 ? Double.NaN : (now.micros() - state[at + AT_MICROS]) / 1e6;
    }
}
