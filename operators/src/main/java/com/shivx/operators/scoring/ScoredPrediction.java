package com.shivx.operators.scoring;

import com.shivx.models.Prediction;

/**
 * A prediction on its way out.
 *
 * @param prediction the prediction
 * @param writtenMillis when the tick's record was written to Kafka, milliseconds since the epoch,
 *     or 0 where unknown; becomes a header, never part of the value
 */
public record ScoredPrediction(Prediction prediction, long writtenMillis) {}
