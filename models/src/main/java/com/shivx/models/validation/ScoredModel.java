package com.shivx.models.validation;

import com.shivx.drift.accuracy.ScoredRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a model version says of the rows it is judged by.
 *
 * @param name such as {@code direction@2.1.0}
 * @param probabilities row after row, one of each class, as the version serves them
 * @param learnedUntilMicros when the last outcome was decided that it was fitted, stopped, searched
 *     or calibrated by; rows before that prove nothing
 */
public record ScoredModel(String name, double[] probabilities, long learnedUntilMicros) {

    /** The same beside what came true; rows that the model has learned from are refused. */
    ScoredRows against(LabelledRows rows) {
        if (rows.rows() > 0 && rows.eventTimeMicros()[0] < learnedUntilMicros) {
            throw new IllegalArgumentException(
                    "%s has learned from outcomes until %s, and the first row is of %s; judge it by later rows"
                            .formatted(
                                    name,
                                    text(learnedUntilMicros),
                                    text(rows.eventTimeMicros()[0])));
        }
        return new ScoredRows(rows.classes().size(), probabilities, rows.truths());
    }

    private static String text(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
