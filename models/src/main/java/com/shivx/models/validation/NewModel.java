package com.shivx.models.validation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that asks to be registered.
 *
 * @param scored what it says of the test rows
 * @param uncalibrated what it would say without its calibrators; null if it has none
 * @param fitFrequencies shares of the classes in its fit span, in their order
 * @param importance by column, for the report; may be empty
 * @param spans where its rows come from; the test rows lie in the last
 */
public record NewModel(
        ScoredModel scored,
        double @Nullable [] uncalibrated,
        double[] fitFrequencies,
        Map<String, Double> importance,
        Spans spans) {

    public NewModel {
        importance = Collections.unmodifiableMap(new LinkedHashMap<>(importance));
    }
}
