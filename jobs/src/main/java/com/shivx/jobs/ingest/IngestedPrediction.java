package com.shivx.jobs.ingest;

import com.shivx.jobs.wire.DeadLetter;
import com.shivx.models.Prediction;
import org.jspecify.annotations.Nullable;

/**
 * What one record of the topic became that predictions come from: one, or a dead letter, exactly
 * one of them.
 *
 * @param prediction the prediction, or null
 * @param deadLetter what could not become one, or null
 */
public record IngestedPrediction(
        @Nullable Prediction prediction, @Nullable DeadLetter deadLetter) {}
