package com.shivx.operators.features;

import com.shivx.features.FeatureVector;

/**
 * The vector of one good tick.
 *
 * @param vector the features after the tick, ready or not
 * @param writtenMillis {@link IngestedTick#writtenMillis()} of the tick
 */
public record TickVector(FeatureVector vector, long writtenMillis) {}
