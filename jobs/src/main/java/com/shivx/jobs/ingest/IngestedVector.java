package com.shivx.jobs.ingest;

import com.shivx.features.FeatureVector;
import com.shivx.jobs.wire.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * What one record of the topic became that feature vectors come from: one, or a dead letter,
 * exactly one of them.
 *
 * @param vector the vector, or null
 * @param deadLetter what could not become one, or null
 */
public record IngestedVector(@Nullable FeatureVector vector, @Nullable DeadLetter deadLetter) {}
