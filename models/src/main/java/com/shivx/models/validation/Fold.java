package com.shivx.models.validation;

import com.shivx.drift.accuracy.ScoredRows;
import java.util.Arrays;

/**
 * A model of the line as it was made at one time, and what it says of the time after.
 *
 * @param spans where its rows come from; it is judged by those in the last
 * @param scored what it says of the rows of its test span
 * @param fitFrequencies shares of the classes in its fit span, in their order
 */
public record Fold(Spans spans, ScoredModel scored, double[] fitFrequencies) {

    /** What saying the same of every row, the frequencies of the fit span, comes to. */
    ScoredRows constant(LabelledRows rows) {
        int classes = rows.classes().size();
        if (fitFrequencies.length != classes) {
            throw new IllegalArgumentException(
                    "%d class frequencies for %d classes; count them over the fit span"
                            .formatted(fitFrequencies.length, classes));
        }
        double[] all = new double[rows.rows() * classes];
        Arrays.setAll(all, i -> fitFrequencies[i % classes]);
        return new ScoredRows(classes, all, rows.truths());
    }
}
