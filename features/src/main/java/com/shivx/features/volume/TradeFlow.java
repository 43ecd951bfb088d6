package com.shivx.features.volume;

import com.shivx.features.Moment;
import com.shivx.features.TickKernel;
import com.shivx.features.tick.Aggressor;

/**
 * Decayed sums over trades at a fast and a slow half-life of event time: how many, how much, how
 * much of it bought and sold by aggressors. Sizes are in the venue's unit, which cancels.
 *
 * <p>Every value is NaN before the symbol's first trade. A sum S decays with every tick, {@code S ←
 * d·S}, and grows with every trade; one that has decayed below 10⁻³⁰⁰ is 0, and ratios of it NaN.
 *
 * @param fastSeconds the fast half-life
 * @param slowSeconds the slow half-life
 */
public record TradeFlow(double fastSeconds, double slowSeconds) implements TickKernel {

    private static final int STARTED = 0;
    private static final int FAST = 1;

    private static final int TRADES = 0;
    private static final int VOLUME = 1;
    private static final int BOUGHT = 2;
    private static final int SOLD = 3;
    private static final int SUMS = 4;

    private static final int SLOW = FAST + SUMS;
    private static final double LN_2 = StrictMath.log(2);

    public TradeFlow {
        if (!(fastSeconds > 0 && fastSeconds < slowSeconds)) {
            throw new IllegalArgumentException(
                    "Trade flow needs a fast half-life below the slow one, not "
                            + fastSeconds
                            + " s and "
                            + slowSeconds
                            + " s");
        }
    }

    @Override
    public int slots() {
        return SLOW + SUMS;
    }

    @Override
    public void onTick(Moment now, double[] state, int at) {
        if (state[at + STARTED] == 0 && !now.isTrade()) {
            return;
        }
        state[at + STARTED] = 1;
        update(now, fastSeconds, state, at + FAST);
        update(now, slowSeconds, state, at + SLOW);
    }

    private static void update(Moment now, double halfLifeSeconds, double[] state, int at) {
        for (int sum = at; sum < at + SUMS; sum++) {
            state[sum] = now.decayed(state[sum], halfLifeSeconds);
        }
        if (now.isTrade()) {
            double size = now.tick().size();
            Aggressor aggressor = now.tick().aggressor();
            state[at + TRADES] += 1;
            state[at + VOLUME] += size;
            state[at + BOUGHT] += aggressor == Aggressor.BUY ? size : 0;
            state[at + SOLD] += aggressor == Aggressor.SELL ? size : 0;
        }
    }

    /** Trades a second: {@code N·ln2 / halfLife}, fast; what a steady flow settles at. */
    public double intensity(Moment now, double[] state, int at) {
        return state[at + STARTED] == 0
                ? Double.NaN
                : state[at + FAST + TRADES] * LN_2 / fastSeconds;
    }

    /** {@code (bought − sold) / (bought + sold)}, fast; −1 to 1. NaN where no side is known. */
    public double fastImbalance(Moment now, double[] state, int at) {
        return imbalance(state, at + FAST);
    }

    /** {@code (bought − sold) / (bought + sold)}, slow; −1 to 1. NaN where no side is known. */
    public double slowImbalance(Moment now, double[] state, int at) {
        return imbalance(state, at + SLOW);
    }

    private static double imbalance(double[] state, int at) {
        return (state[at + BOUGHT] - state[at + SOLD]) / (state[at + BOUGHT] + state[at + SOLD]);
    }

    /**
     * Volume a second, fast over slow: {@code (Vf / fast) / (Vs / slow)}; 1 in a steady flow, 0 to
     * {@code slow / fast}.
     */
    public double volumeTrend(Moment now, double[] state, int at) {
        return (state[at + FAST + VOLUME] / fastSeconds)
                / (state[at + SLOW + VOLUME] / slowSeconds);
    }

    /** Average size of a trade, fast over slow: {@code (Vf / Nf) / (Vs / Ns)}; above 0. */
    public double sizeRatio(Moment now, double[] state, int at) {
        return (state[at + FAST + VOLUME] / state[at + FAST + TRADES])
                / (state[at + SLOW + VOLUME] / state[at + SLOW + TRADES]);
    }
}
