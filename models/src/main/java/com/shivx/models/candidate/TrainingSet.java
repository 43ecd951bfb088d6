package com.shivx.models.candidate;

import com.shivx.models.training.Rows;
import com.shivx.models.training.TrainingException;
import com.shivx.models.validation.LabelledRows;
import com.shivx.models.validation.Span;

/**
 * What is learned from and judged by, in the order of event time: the same rows twice, as a trainer
 * takes them and as a validation does.
 *
 * @param rows features, with the class as target
 * @param labelled what came true, and what acting on it gave
 * @param sha256 checksum of all of it, lower-case hex
 */
public record TrainingSet(Rows rows, LabelledRows labelled, String sha256) {

    /**
     * That there is anything to learn from or to judge by.
     *
     * @throws TrainingException if there is not
     */
    void requireRows() throws TrainingException {
        if (labelled.rows() == 0) {
            throw new TrainingException(
                    "there is no row with a known label", "take a longer time, or another horizon");
        }
    }

    /** From the first row to after the last; there must be one. */
    public Span span() {
        long[] times = labelled.eventTimeMicros();
        return new Span(times[0], times[times.length - 1] + 1);
    }

    /** The features of the rows in a span of time. */
    public Rows within(Span span) {
        return rows.span(
                labelled.firstAtOrAfter(span.fromMicros()),
                labelled.firstAtOrAfter(span.untilMicros()));
    }
}
