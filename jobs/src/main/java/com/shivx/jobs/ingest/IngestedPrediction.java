package com.shivx.jobs.ingest;

import com.shivx.jobs.wire.DeadLetter;
import com.shivx.models.Prediction;
import org.jspecify.annotations.Nullable;

/** What one record of the topic became that predictions come from. */
public record IngestedPrediction(@Nullable Prediction value, @Nullable DeadLetter deadLetter)
        implements IngestedRecord<Prediction> {}
