package com.shivx.features;

import com.shivx.features.tick.TickQuality;
import org.jspecify.annotations.Nullable;

/**
 * What became of a tick.
 *
 * @param quality OK, or why it was set aside
 * @param vector the features as of that tick; null exactly where it was set aside
 */
public record TickResult(TickQuality quality, @Nullable FeatureVector vector) {}
