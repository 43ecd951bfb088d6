package com.shivx.features.oscillator;

import com.shivx.features.BarKernel;
import com.shivx.features.Moment;
import com.shivx.features.bar.Bar;
import com.shivx.features.bar.Ring;
import com.shivx.features.bar.Rounding;

/**
 * Bollinger bands over bar closes: the simple mean plus and minus some population standard
 * deviations of the last bars, the latest included (Bollinger; StockCharts and Lean). NaN until so
 * many bars are closed.
 *
 * <p>Computed anew at each bar from the differences to its close, which are exactly 0 in a flat
 * window: no error creeps in.
 *
 * @param bars length of the window
 * @param deviations half the width of the band
 */
public record Bollinger(int bars, double deviations) implements BarKernel {

    private static final int MEAN = 0;
    private static final int DEVIATION = 1;
    private static final int CLOSES = 2;

    @Override
    public int slots() {
        return CLOSES + ring().slots();
    }

    @Override
    public void onBar(Bar bar, double[] state, int at) {
        ring().add(bar.close(), state, at + CLOSES);
        measure(bar.close(), state, at);
    }

    @Override
    public void onEmptyBars(long count, double close, double[] state, int at) {
        ring().add(close, count, state, at + CLOSES);
        measure(close, state, at);
    }

    private void measure(double close, double[] state, int at) {
        Ring ring = ring();
        if (ring.size(state, at + CLOSES) < bars) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < bars; i++) {
            sum += Rounding.move(close, ring.any(i, state, at + CLOSES));
        }
        double shift = sum / bars;
        double squares = 0;
        for (int i = 0; i < bars; i++) {
            double difference = Rounding.move(close, ring.any(i, state, at + CLOSES)) - shift;
            squares += difference * difference;
        }
        state[at + MEAN] = close + shift;
        state[at + DEVIATION] = Math.sqrt(squares / bars);
    }

    /**
     * {@code (close − lower) / (upper − lower)}: 0 at the lower band, 1 at the upper, within {@code
     * ½ ± √(bars − 1) / (2·deviations)}; NaN in a flat window (0/0).
     */
    public double percentB(Moment now, double[] state, int at) {
        Ring ring = ring();
        double halfBand = deviations * state[at + DEVIATION];
        double close = ring.back(1, state, at + CLOSES);
        return (close - (mean(state, at) - halfBand)) / (2 * halfBand);
    }

    /** {@code 100·(upper − lower) / mean}, in percent; 0 in a flat window. */
    public double bandwidth(Moment now, double[] state, int at) {
        return 100 * 2 * deviations * state[at + DEVIATION] / mean(state, at);
    }

    private double mean(double[] state, int at) {
        return ring().size(state, at + CLOSES) < bars ? Double.NaN : state[at + MEAN];
    }

    private Ring ring() {
        return new Ring(bars);
    }
}
