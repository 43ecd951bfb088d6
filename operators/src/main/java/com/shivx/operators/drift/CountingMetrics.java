package com.shivx.operators.drift;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the counting of windows counts, a subtask each. */
final class CountingMetrics {

    /** Vectors whose window was closed, once for each version that they would have counted for. */
    private static final String LATE_VECTORS = "driftVectorsLate";

    /** Predictions whose window was closed. */
    private static final String LATE_PREDICTIONS = "driftPredictionsLate";

    private final Counter lateVectors;
    private final Counter latePredictions;

    CountingMetrics(MetricGroup group) {
        lateVectors = group.counter(LATE_VECTORS);
        latePredictions = group.counter(LATE_PREDICTIONS);
    }

    void onLateVectors(int late) {
        if (late > 0) {
            lateVectors.inc(late);
        }
    }

    void onLatePredictions(int late) {
        if (late > 0) {
            latePredictions.inc(late);
        }
    }
}
