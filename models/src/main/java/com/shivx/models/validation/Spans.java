package com.shivx.models.validation;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Three consecutive spans of event time, never a random split, with a purge between them: rows of a
 * horizon before each border are in no span, because their outcomes were decided by what the next
 * one holds. Without it, a model that knows nothing but the time seems to predict pure noise.
 *
 * @param fit what a model is fitted to
 * @param tune what stops it, searches its parameters and calibrates it
 * @param test what it is judged by, once
 */
public record Spans(Span fit, Span tune, Span test) {

    /**
     * Divides time.
     *
     * @param whole from the first row to after the last
     * @param horizonMicros how long after its row an outcome is decided; above 0
     */
    public static Spans of(Span whole, long horizonMicros, SpanShares shares) {
        if (horizonMicros <= 0) {
            throw new IllegalArgumentException(
                    "horizonMicros must be above 0, not %d".formatted(horizonMicros));
        }
        double length = (double) whole.untilMicros() - whole.fromMicros();
        long firstBorder = whole.fromMicros() + (long) (length * shares.fit());
        long secondBorder = whole.fromMicros() + (long) (length * (shares.fit() + shares.tune()));
        if (length * Math.min(shares.fit(), shares.tune()) <= horizonMicros) {
            throw new IllegalArgumentException(
                    "%s is too short for three spans with a horizon of %s between them; give more history or a shorter horizon"
                            .formatted(whole, Duration.of(horizonMicros, ChronoUnit.MICROS)));
        }
        return new Spans(
                new Span(whole.fromMicros(), firstBorder - horizonMicros),
                new Span(firstBorder, secondBorder - horizonMicros),
                new Span(secondBorder, whole.untilMicros()));
    }

    /**
     * The same again and again: windows of equal length, each moved on by its test span, so that
     * the test spans follow each other without gap or overlap and the last ends with the time there
     * is.
     *
     * @param folds how many; at least 1
     */
    public static List<Spans> walkForward(
            Span whole, long horizonMicros, SpanShares shares, int folds) {
        if (folds < 1) {
            throw new IllegalArgumentException("folds must be at least 1, not %d".formatted(folds));
        }
        double length = (double) whole.untilMicros() - whole.fromMicros();
        double window = length / (1 + (folds - 1) * shares.test());
        List<Spans> all = new ArrayList<>();
        long from = whole.fromMicros();
        for (int fold = 0; fold < folds; fold++) {
            boolean last = fold == folds - 1;
            long until =
                    last
                            ? whole.untilMicros()
                            : whole.fromMicros() + (long) (window * (1 + fold * shares.test()));
            Spans spans = of(new Span(from, until), horizonMicros, shares);
            Span test =
                    all.isEmpty()
                            ? spans.test()
                            : new Span(all.get(all.size() - 1).test().untilMicros(), until);
            // Rounding of a border moves the purge with it.
            Span tune = new Span(spans.tune().fromMicros(), test.fromMicros() - horizonMicros);
            all.add(new Spans(spans.fit(), tune, test));
            from = whole.fromMicros() + (long) (window * (fold + 1) * shares.test());
        }
        return List.copyOf(all);
    }
}
