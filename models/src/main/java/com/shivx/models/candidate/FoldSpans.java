package com.shivx.models.candidate;

import com.shivx.models.Counted;
import com.shivx.models.training.TrainingException;
import com.shivx.models.validation.Span;
import com.shivx.models.validation.SpanShares;
import com.shivx.models.validation.Spans;
import java.util.List;
import java.util.Optional;

/**
 * Divides the time of the rows into folds, each of which has rows to learn from and to judge by.
 */
final class FoldSpans {

    private final TrainingSet set;
    private final SpanShares shares;

    FoldSpans(TrainingSet set, SpanShares shares) {
        this.set = set;
        this.shares = shares;
    }

    /**
     * The spans of each fold, in the order of time.
     *
     * @throws TrainingException if there are too few rows, naming how many folds they would do for
     */
    List<Spans> of(int folds) throws TrainingException {
        set.requireRows();
        try {
            List<Spans> all =
                    Spans.walkForward(set.span(), set.labelled().horizonMicros(), shares, folds);
            if (folds == 1) {
                requireRows(all.get(0));
                return all;
            }
            for (int i = 0; i < folds; i++) {
                Optional<String> lack = lack(all.get(i));
                if (lack.isPresent()) {
                    throw tooMany(folds, "fold %d %s".formatted(i + 1, lack.get()));
                }
            }
            return all;
        } catch (IllegalArgumentException e) {
            throw folds == 1
                    ? new TrainingException(
                            String.valueOf(e.getMessage()),
                            "take a longer time or a shorter horizon")
                    : tooMany(folds, String.valueOf(e.getMessage()));
        }
    }

    private void requireRows(Spans spans) throws TrainingException {
        requireRow(set.within(spans.fit()).count(), "fitted to", spans.fit());
        requireRow(set.within(spans.tune()).count(), "tuned by", spans.tune());
    }

    private static void requireRow(int rows, String what, Span span) throws TrainingException {
        if (rows == 0) {
            throw new TrainingException(
                    "there is no row to be %s in %s".formatted(what, span), "take a longer time");
        }
    }

    /**
     * What a fold cannot do without: each class to learn from, and rows to be tuned and judged by.
     */
    private Optional<String> lack(Spans spans) {
        double[] frequencies = set.labelled().within(spans.fit()).classFrequencies();
        for (int c = 0; c < frequencies.length; c++) {
            if (!(frequencies[c] > 0)) {
                return Optional.of(
                        "has no row of class %s to learn from in %s"
                                .formatted(set.labelled().classes().get(c), spans.fit()));
            }
        }
        if (set.within(spans.tune()).count() == 0) {
            return Optional.of("has no row to be tuned by in " + spans.tune());
        }
        return set.within(spans.test()).count() == 0
                ? Optional.of("has no row to be judged by in " + spans.test())
                : Optional.empty();
    }

    private TrainingException tooMany(int folds, String why) {
        int rows = set.labelled().rows();
        int enough = Math.min(folds, rows);
        while (enough > 0 && !isEnoughFor(enough)) {
            enough--;
        }
        String what =
                "%s are too few for %s: %s"
                        .formatted(Counted.of(rows, "row"), Counted.of(folds, "fold"), why);
        return enough == 0
                ? new TrainingException(what, "take a longer time or a shorter horizon")
                : new TrainingException(
                        what,
                        "take %s (training.walk-forward, --walk-forward %d), or a longer time"
                                .formatted(Counted.of(enough, "fold"), enough));
    }

    private boolean isEnoughFor(int folds) {
        try {
            return Spans.walkForward(set.span(), set.labelled().horizonMicros(), shares, folds)
                    .stream()
                    .allMatch(spans -> lack(spans).isEmpty());
        } catch (IllegalArgumentException tooShort) {
            return false;
        }
    }
}
