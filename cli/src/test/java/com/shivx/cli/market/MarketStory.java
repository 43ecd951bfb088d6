package com.shivx.cli.market;

import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What an observer who knows the hidden pressure can say about the returns of one instrument over
 * five seconds: labels by 0.43 causal standard deviations, the best guess from the normal law of
 * the return given the pressure, and what a model of the first regime says.
 */
final class MarketStory {

    private static final long HORIZON_MICROS = 5_000_000;
    private static final double HALF_LIFE_SECONDS = 60;
    private static final double THRESHOLD = 0.43;

    private final Deque<Entry> open = new ArrayDeque<>();
    private final long[] classes = new long[3];
    private long bestRight;
    private long firstRegimeRight;
    private double weightedSquares;
    private double weightedSeconds;
    private double lastMid = Double.NaN;
    private long lastMicros;
    private double spreadBps;
    private double imbalanceSquares;
    private double squares;
    private double seconds;
    private double warmSeconds;
    private long quotes;

    private record Entry(
            long dueMicros, double mid, double threshold, double pressure, double sign) {}

    /** Forgets the last instrument's prices, not what was counted. */
    void beginInstrument() {
        open.clear();
        lastMid = Double.NaN;
        weightedSquares = 0;
        weightedSeconds = 0;
        warmSeconds = 0;
    }

    void on(Tick tick, double pressure, double sign) {
        if (tick.kind() != TickKind.QUOTE) {
            return;
        }
        while (!open.isEmpty() && open.peek().dueMicros < tick.eventTimeMicros()) {
            decide(open.remove());
        }
        observe(tick);
        double sigma = Math.sqrt(weightedSquares / weightedSeconds * HORIZON_MICROS / 1e6);
        if (warmSeconds > 4 * HALF_LIFE_SECONDS) {
            open.add(
                    new Entry(
                            tick.eventTimeMicros() + HORIZON_MICROS,
                            tick.mid(),
                            THRESHOLD * sigma,
                            pressure,
                            sign));
        }
    }

    /** Share of outcomes that the best possible guess has right. */
    double bestAccuracy() {
        return (double) bestRight / outcomes();
    }

    /** Share of outcomes that a model has right which learned the first regime perfectly. */
    double firstRegimeAccuracy() {
        return (double) firstRegimeRight / outcomes();
    }

    /** Share of the commonest class. */
    double majority() {
        return (double) Math.max(classes[0], Math.max(classes[1], classes[2])) / outcomes();
    }

    double meanSpreadBps() {
        return spreadBps / quotes;
    }

    double imbalanceDeviation() {
        return Math.sqrt(imbalanceSquares / quotes);
    }

    double volatilityBps() {
        return 1e4 * Math.sqrt(squares / seconds);
    }

    private long outcomes() {
        return classes[0] + classes[1] + classes[2];
    }

    private void observe(Tick quote) {
        if (!Double.isNaN(lastMid)) {
            double elapsed = (quote.eventTimeMicros() - lastMicros) / 1e6;
            double squared = Math.pow(Math.log(quote.mid() / lastMid), 2);
            double kept = Math.exp(-elapsed * Math.log(2) / HALF_LIFE_SECONDS);
            weightedSquares = kept * weightedSquares + squared;
            weightedSeconds = kept * weightedSeconds + elapsed;
            squares += squared;
            seconds += elapsed;
            warmSeconds += elapsed;
        }
        lastMid = quote.mid();
        lastMicros = quote.eventTimeMicros();
        spreadBps += 1e4 * (quote.askPrice() - quote.bidPrice()) / quote.mid();
        double imbalance =
                (quote.bidSize() - quote.askSize()) / (quote.bidSize() + quote.askSize());
        imbalanceSquares += imbalance * imbalance;
        quotes++;
    }

    /**
     * The exit is the last mid before the tick that passes the horizon, as for outcomes everywhere.
     */
    private void decide(Entry entry) {
        double move = Math.log(lastMid / entry.mid);
        int outcome = move > entry.threshold ? 2 : move < -entry.threshold ? 0 : 1;
        classes[outcome]++;
        bestRight += guess(entry.sign * entry.pressure) == outcome ? 1 : 0;
        firstRegimeRight += guess(entry.pressure) == outcome ? 1 : 0;
    }

    /**
     * The drift widens the return beyond ±0.43 causal deviations, so FLAT is never the likeliest:
     * 0.342, 0.316, 0.342 at no pressure.
     */
    private static int guess(double pressure) {
        return pressure > 0 ? 2 : 0;
    }
}
