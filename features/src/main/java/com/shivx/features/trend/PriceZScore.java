package com.shivx.features.trend;

import com.shivx.features.Moment;
import com.shivx.features.TickKernel;
import com.shivx.features.bar.Rounding;

/**
 * How many standard deviations the price lies from its own decayed mean: {@code (p − m) / s} with
 * {@code m = Σw·p / Σw} and {@code s² = Σw·(p − m)² / Σw}, one observation for each tick that
 * brings a price, the present one included, weights halving every half-life of event time.
 *
 * <p>By West's recursion, which does not cancel: {@code W ← d·W + 1; δ = p − m; m ← m + δ/W; Q ←
 * d·Q + δ·(p − m)}. NaN while the price rests and once its moves have decayed to rounding (0/0);
 * restarts with the session; within ±√W. (D. H. D. West, "Updating mean and variance estimates",
 * CACM 22, 1979.)
 *
 * @param halfLifeSeconds half-life of a weight
 */
public record PriceZScore(double halfLifeSeconds) implements TickKernel {

    private static final int WEIGHT = 0;
    private static final int MEAN = 1;
    private static final int SQUARES = 2;

    @Override
    public int slots() {
        return 3;
    }

    @Override
    public void onTick(Moment now, double[] state, int at) {
        if (now.isSessionStart()) {
            state[at + WEIGHT] = 0;
            state[at + MEAN] = 0;
            state[at + SQUARES] = 0;
        }
        state[at + WEIGHT] = now.decayed(state[at + WEIGHT], halfLifeSeconds);
        state[at + SQUARES] = now.decayed(state[at + SQUARES], halfLifeSeconds);
        if (now.isPriced()) {
            double delta = now.price() - state[at + MEAN];
            state[at + WEIGHT] += 1;
            state[at + MEAN] += delta / state[at + WEIGHT];
            state[at + SQUARES] += delta * (now.price() - state[at + MEAN]);
        }
    }

    /** The score; warm after a half-life. */
    public double value(Moment now, double[] state, int at) {
        double deviation = Math.sqrt(state[at + SQUARES] / state[at + WEIGHT]);
        return Rounding.isNone(deviation, now.price())
                ? Double.NaN
                : (now.price() - state[at + MEAN]) / deviation;
    }
}
