package com.shivx.operators.scoring;

import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the scoring stage counts, a subtask each; names follow Beam's RunInference. */
final class ScoringMetrics {

    /** Predictions by status, label {@code status}. */
    private static final String PREDICTIONS = "predictions";

    /** Batches scored. */
    private static final String BATCHES = "totalBatches";

    /** Vectors in those batches; divided by the batches it is the mean batch size. */
    private static final String INFERENCES = "numInferences";

    /** Time spent in the model, nanoseconds. */
    private static final String INFERENCE_NANOS = "inferenceNanos";

    private final Map<PredictionStatus, Counter> byStatus = new EnumMap<>(PredictionStatus.class);
    private final Counter batches;
    private final Counter inferences;
    private final Counter inferenceNanos;

    ScoringMetrics(MetricGroup group) {
        for (PredictionStatus status : PredictionStatus.values()) {
            byStatus.put(status, group.addGroup("status", status.name()).counter(PREDICTIONS));
        }
        batches = group.counter(BATCHES);
        inferences = group.counter(INFERENCES);
        inferenceNanos = group.counter(INFERENCE_NANOS);
    }

    void onBatch(int size, long nanos) {
        batches.inc();
        inferences.inc(size);
        inferenceNanos.inc(nanos);
    }

    void onPrediction(Prediction prediction) {
        Counter counter = byStatus.get(prediction.status());
        if (counter != null) {
            counter.inc();
        }
    }
}
