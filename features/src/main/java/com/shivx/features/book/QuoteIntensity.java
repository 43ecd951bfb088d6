package com.shivx.features.book;

import com.shivx.features.Moment;
import com.shivx.features.TickKernel;

/**
 * Quotes a second: {@code N·ln2 / halfLife}, with N the decayed count; what a steady flow settles
 * at. NaN before the symbol's first quote.
 *
 * @param halfLifeSeconds half-life of a weight
 */
public record QuoteIntensity(double halfLifeSeconds) implements TickKernel {

    private static final int STARTED = 0;
    private static final int QUOTES = 1;
    private static final double LN_2 = StrictMath.log(2);

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public void onTick(Moment now, double[] state, int at) {
        state[at + QUOTES] = now.decayed(state[at + QUOTES], halfLifeSeconds);
        if (now.isQuote()) {
            state[at + STARTED] = 1;
            state[at + QUOTES] += 1;
        }
    }

    /** The intensity. */
    public double perSecond(Moment now, double[] state, int at) {
        return state[at + STARTED] == 0 ? Double.NaN : state[at + QUOTES] * LN_2 / halfLifeSeconds;
    }
}
