package com.shivx.features.book;

import com.shivx.features.Moment;
import com.shivx.features.TickKernel;

/**
 * The spread against its own decayed mean: {@code s / (Σw·s / Σw)}, s being ask minus bid over mid
 * of a quote, the present one included, weights halving every half-life of event time. 1 in a
 * steady book, 0 or more; NaN before the first quote and while every quote was locked (0/0).
 *
 * @param halfLifeSeconds half-life of a weight
 */
public record SpreadRatio(double halfLifeSeconds) implements TickKernel {

    private static final int SPREADS = 0;
    private static final int WEIGHT = 1;

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public void onTick(Moment now, double[] state, int at) {
        state[at + SPREADS] = now.decayed(state[at + SPREADS], halfLifeSeconds);
        state[at + WEIGHT] = now.decayed(state[at + WEIGHT], halfLifeSeconds);
        if (now.isQuote()) {
            state[at + SPREADS] += spread(now);
            state[at + WEIGHT] += 1;
        }
    }

    /** The ratio. */
    public double value(Moment now, double[] state, int at) {
        double mean = state[at + SPREADS] / state[at + WEIGHT];
        return mean > 0 ? spread(now) / mean : Double.NaN;
    }

    private static double spread(Moment now) {
        return (now.askPrice() - now.bidPrice()) / ((now.askPrice() + now.bidPrice()) / 2);
    }
}
