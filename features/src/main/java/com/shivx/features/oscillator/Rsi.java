package com.shivx.features.oscillator;

import com.shivx.features.BarKernel;
import com.shivx.features.Moment;
import com.shivx.features.bar.Bar;
import com.shivx.features.bar.Rounding;
import com.shivx.features.trend.ExponentialAverage;
import com.shivx.features.trend.Seed;

/**
 * Relative strength index of bar closes: {@code 100·G / (G + L)} with G and L Wilder's averages
 * ({@code α = 1/length}) of the gains and of the losses from close to close; 0 to 100. The first
 * change is that of the second bar, so it is warm after {@code length + 1} bars, with the simple
 * average as seed (Wilder, "New Concepts in Technical Trading Systems", 1978; Lean's and TA-Lib's).
 * NaN before, and while the price has never moved (0/0). An empty bar is a change of 0.
 *
 * @param length length of the averages, in bars
 * @param seed what the averages start from
 */
public record Rsi(int length, Seed seed) implements BarKernel {

    private static final int STARTED = 0;
    private static final int CLOSE = 1;
    private static final int GAIN = 2;
    private static final int LOSS = GAIN + ExponentialAverage.SLOTS;

    @Override
    public int slots() {
        return LOSS + ExponentialAverage.SLOTS;
    }

    @Override
    public void onBar(Bar bar, double[] state, int at) {
        if (state[at + STARTED] != 0) {
            double change = Rounding.move(state[at + CLOSE], bar.close());
            average().add(Math.max(change, 0), state, at + GAIN);
            average().add(Math.max(-change, 0), state, at + LOSS);
        }
        state[at + STARTED] = 1;
        state[at + CLOSE] = bar.close();
    }

    @Override
    public void onEmptyBars(long count, double close, double[] state, int at) {
        average().add(0, count, state, at + GAIN);
        average().add(0, count, state, at + LOSS);
    }

    /** The index. */
    public double value(Moment now, double[] state, int at) {
        double gain = average().value(state, at + GAIN);
        double loss = average().value(state, at + LOSS);
        return 100 * gain / (gain + loss);
    }

    private ExponentialAverage average() {
        return ExponentialAverage.wilder(length, seed);
    }
}
