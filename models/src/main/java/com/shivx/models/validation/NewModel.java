package com.shivx.models.validation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that asks to be registered: made once, or again and again as time went on, each time
 * judged by what came next. What is registered is the last of them, which knows the latest rows.
 *
 * @param folds in the order of time, each with a test span that begins where the one before ends;
 *     at least one
 * @param uncalibrated what it would say of all test rows without its calibrators; null if it has
 *     none
 * @param importance by column, for the report; may be empty
 */
public record NewModel(
        List<Fold> folds, double @Nullable [] uncalibrated, Map<String, Double> importance) {

    public NewModel {
        if (folds.isEmpty()) {
            throw new IllegalArgumentException("there is no fold; give at least one");
        }
        folds = List.copyOf(folds);
        importance = Collections.unmodifiableMap(new LinkedHashMap<>(importance));
    }

    /** One that was made once. */
    public NewModel(
            ScoredModel scored,
            double @Nullable [] uncalibrated,
            double[] fitFrequencies,
            Map<String, Double> importance,
            Spans spans) {
        this(List.of(new Fold(spans, scored, fitFrequencies)), uncalibrated, importance);
    }

    /** The one that is registered. */
    Fold last() {
        return folds.get(folds.size() - 1);
    }

    /** Whether it was made more than once. */
    boolean walksForward() {
        return folds.size() > 1;
    }
}
