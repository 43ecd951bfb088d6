package com.shivx.operators.features;

import com.shivx.features.tick.QualityRules;
import com.shivx.operators.state.CacheLimits;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FeaturesOperator} computes, and how it holds its state.
 *
 * @param featureSet the set's name, known to {@link com.shivx.features.FeatureSets}
 * @param quality which ticks are good
 * @param symbolTtl a symbol silent for longer starts cold
 * @param cache what may be held in front of the state backend; null: nothing, each tick reads and
 *     writes it
 */
public record FeatureRules(
        String featureSet, QualityRules quality, Duration symbolTtl, @Nullable CacheLimits cache)
        implements Serializable {}
