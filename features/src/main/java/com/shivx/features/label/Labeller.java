package com.shivx.features.label;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Labels entries of one symbol as its ticks go by: an entry is decided by the first good tick after
 * its horizon, and its exit is the market before that tick.
 *
 * @param <E> what a label is asked for
 */
public final class Labeller<E> {

    /** Takes the labels, those due earlier first. */
    public interface Sink<E> {
        void take(E entry, Label label);
    }

    /** Ticks may come a little late, and entries with them. */
    private record Waiting<E>(E entry, Mark mark, long micros, long number) {}

    private final LabelRules rules;
    private final long horizonMicros;
    private final Queue<Waiting<E>> waiting =
            new PriorityQueue<>(
                    Comparator.<Waiting<E>>comparingLong(Waiting::micros)
                            .thenComparingLong(Waiting::number));
    private long entries;
    private @Nullable Mark last;

    /**
     * A labeller of one symbol and horizon.
     *
     * @param horizonMicros microseconds; above 0
     */
    public Labeller(LabelRules rules, long horizonMicros) {
        if (horizonMicros <= 0) {
            throw new IllegalArgumentException(
                    "a horizon must be above 0 µs, not " + horizonMicros);
        }
        this.rules = rules;
        this.horizonMicros = horizonMicros;
    }

    /** The market after the symbol's next good tick; decides what was waiting for it. */
    public void onMark(Mark mark, Sink<E> sink) {
        Mark exit = last;
        last = mark;
        if (exit == null) {
            return;
        }
        for (Waiting<E> next = waiting.peek();
                next != null && next.micros + horizonMicros < mark.micros();
                next = waiting.peek()) {
            waiting.remove();
            sink.take(
                    next.entry,
                    rules.label(next.mark, next.micros, horizonMicros, exit, mark.micros()));
        }
    }

    /**
     * Asks for a label of the market as it is now, after {@link #onMark} took it.
     *
     * @param eventTimeMicros the last tick's own event time
     */
    public void enter(E entry, long eventTimeMicros) {
        if (last == null) {
            throw new IllegalStateException("there was no tick yet to enter at");
        }
        waiting.add(new Waiting<>(entry, last, eventTimeMicros, entries++));
    }

    /** No tick comes any more: what still waits is missing. */
    public void finish(Sink<E> sink) {
        for (Waiting<E> next = waiting.poll(); next != null; next = waiting.poll()) {
            sink.take(next.entry, Label.MISSING);
        }
    }
}
