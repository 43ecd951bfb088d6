package com.shivx.jobs.ingest;

import com.shivx.features.FeatureVector;
import com.shivx.jobs.wire.DeadLetter;
import org.jspecify.annotations.Nullable;

/** What one record of the topic became that feature vectors come from. */
public record IngestedVector(@Nullable FeatureVector value, @Nullable DeadLetter deadLetter)
        implements IngestedRecord<FeatureVector> {}
