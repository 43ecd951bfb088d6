package com.shivx.features.trend;

import com.shivx.features.BarKernel;
import com.shivx.features.Moment;
import com.shivx.features.bar.Bar;

/**
 * Moving average convergence/divergence of bar closes (Appel): line {@code EMA(fast) − EMA(slow)},
 * signal {@code EMA(line)}, histogram {@code line − signal}. As features they are divided by the
 * last close, so that symbols compare; the signal averages the undivided line.
 *
 * <p>With {@link Seed#AVERAGE} it is Lean's and TA-Lib's: the line begins with bar {@code slow},
 * the signal averages it from there and begins with {@code slow + signal − 1}; NaN before. With
 * {@link Seed#FIRST} it is that of StockCharts' sheets, and both begin with the first bar.
 *
 * @param fast length of the fast average, in bars
 * @param slow length of the slow one
 * @param signal length of the signal
 * @param seed what the averages start from
 */
public record Macd(int fast, int slow, int signal, Seed seed) implements BarKernel {

    private static final int CLOSE = 0;
    private static final int FAST = 1;
    private static final int SLOW = FAST + ExponentialAverage.SLOTS;
    private static final int SIGNAL = SLOW + ExponentialAverage.SLOTS;
    private static final int END = SIGNAL + ExponentialAverage.SLOTS;

    public Macd {
        if (fast < 1 || fast >= slow || signal < 1) {
            throw new IllegalArgumentException(
                    "MACD needs fast < slow, not " + fast + ", " + slow + ", " + signal);
        }
    }

    @Override
    public int slots() {
        return END;
    }

    @Override
    public void onBar(Bar bar, double[] state, int at) {
        take(bar.close(), state, at);
    }

    private void take(double close, double[] state, int at) {
        state[at + CLOSE] = close;
        fastAverage().add(close, state, at + FAST);
        slowAverage().add(close, state, at + SLOW);
        if (slowAverage().isSeeded(state, at + SLOW)) {
            signalAverage().add(line(state, at), state, at + SIGNAL);
        }
    }

    /**
     * Bar by bar while an average is being seeded, at most {@code slow + signal} bars; then, with F
     * and S the distances of the averages from the close and γ what a step leaves of the signal,
     *
     * <pre>
     * line(k)   = F·aᵏ − S·bᵏ
     * signal(n) = γⁿ·signal(0) + (1 − γ)·Σₖ γⁿ⁻ᵏ·line(k)
     * Σₖ γⁿ⁻ᵏ·aᵏ = a·(aⁿ − γⁿ)/(a − γ), or n·aⁿ where a = γ
     * </pre>
     */
    @Override
    public void onEmptyBars(long count, double close, double[] state, int at) {
        long left = count;
        for (; left > 0 && !signalAverage().isSeeded(state, at + SIGNAL); left--) {
            take(close, state, at);
        }
        if (left > 0) {
            takeRepeated(close, left, state, at);
        }
    }

    private void takeRepeated(double close, long count, double[] state, int at) {
        ExponentialAverage average = signalAverage();
        double fromFast = fastAverage().value(state, at + FAST) - close;
        double fromSlow = slowAverage().value(state, at + SLOW) - close;
        double signalNow = average.value(state, at + SIGNAL);
        double leftOfSignal = average.remaining(count);
        double signalLater =
                leftOfSignal * signalNow
                        + average.alpha()
                                * (fromFast * weights(fastAverage(), average, count)
                                        - fromSlow * weights(slowAverage(), average, count));
        fastAverage().add(close, count, state, at + FAST);
        slowAverage().add(close, count, state, at + SLOW);
        average.set(signalLater, state, at + SIGNAL);
        state[at + CLOSE] = close;
    }

    private static double weights(
            ExponentialAverage average, ExponentialAverage signal, long count) {
        double a = average.remaining(1);
        double c = signal.remaining(1);
        double aToCount = average.remaining(count);
        return a == c ? count * aToCount : a * (aToCount - signal.remaining(count)) / (a - c);
    }

    /** Line over the last close; warm after {@code slow} bars. */
    public double line(Moment now, double[] state, int at) {
        return line(state, at) / state[at + CLOSE];
    }

    /** Signal over the last close; warm after {@code slow + signal − 1} bars. */
    public double signal(Moment now, double[] state, int at) {
        return signal(state, at) / state[at + CLOSE];
    }

    /** Histogram over the last close; warm with the signal. */
    public double histogram(Moment now, double[] state, int at) {
        return (line(state, at) - signal(state, at)) / state[at + CLOSE];
    }

    /** {@code EMA(fast) / EMA(slow) − 1}; warm with the line. */
    public double ratio(Moment now, double[] state, int at) {
        return fastAverage().value(state, at + FAST) / slowAverage().value(state, at + SLOW) - 1;
    }

    private double line(double[] state, int at) {
        return fastAverage().value(state, at + FAST) - slowAverage().value(state, at + SLOW);
    }

    private double signal(double[] state, int at) {
        return signalAverage().value(state, at + SIGNAL);
    }

    private ExponentialAverage fastAverage() {
        return ExponentialAverage.ofLength(fast, seed);
    }

    private ExponentialAverage slowAverage() {
        return ExponentialAverage.ofLength(slow, seed);
    }

    private ExponentialAverage signalAverage() {
        return ExponentialAverage.ofLength(signal, seed);
    }
}
