package com.shivx.operators.scoring;

import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.onnx.Device;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** What the scoring stage counts, a subtask each; names follow Beam's RunInference. */
final class ScoringMetrics {

    /**
     * Predictions, labels {@code model_id}, {@code model_version}, {@code role}, {@code status}.
     */
    private static final String PREDICTIONS = "predictions";

    /** Batches scored. */
    private static final String BATCHES = "totalBatches";

    /** Vectors in those batches; divided by the batches it is the mean batch size. */
    private static final String INFERENCES = "numInferences";

    /** Time that the first vectors of batches waited until they were scored, nanoseconds. */
    private static final String QUEUE_NANOS = "queueNanos";

    /** Time spent in models, nanoseconds. */
    private static final String INFERENCE_NANOS = "inferenceNanos";

    /**
     * Served predictions by milliseconds since their tick was written to Kafka, cumulative, label
     * {@code le}.
     */
    private static final String LATENCY_BUCKET = "predictionLatencyBucket";

    /** Deployments gone over to. */
    private static final String SWAPS = "deploymentSwaps";

    /** Deployments refused. */
    private static final String REFUSALS = "deploymentRefusals";

    /** Versions withdrawn because they failed again and again. */
    private static final String WITHDRAWALS = "modelWithdrawals";

    /** Time from a deployment's arrival until it served, the last one's, milliseconds. */
    private static final String LOAD_MILLIS = "loadMillis";

    /** Calibrated batch size, labels {@code model_id}, {@code model_version}. */
    private static final String CALIBRATED_BATCH = "calibratedBatchSize";

    /**
     * 1 for the device that a version computes on, 0 for the others; labels as above and {@code
     * device}.
     */
    private static final String DEVICE_IN_USE = "deviceInUse";

    private static final long[] LATENCY_BOUNDS = {
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, Long.MAX_VALUE
    };

    /** The bucket of each whole number of milliseconds up to the last finite bound. */
    private static final byte[] BUCKETS = buckets();

    private final MetricGroup group;
    private final Counter batches;
    private final Counter inferences;
    private final Counter queueNanos;
    private final Counter inferenceNanos;
    private final Counter swaps;
    private final Counter refusals;
    private final Counter withdrawals;
    private final long[] servedByLatency = new long[LATENCY_BOUNDS.length];
    private final Map<String, Version> versions = new HashMap<>();
    private volatile long loadMillis;

    /** What is counted of one version in one role. */
    static final class Version {
        /** By the status's ordinal. */
        private final Counter[] byStatus;

        private volatile int batchSize;
        private volatile Device.@Nullable Kind device;

        private Version(MetricGroup group) {
            byStatus =
                    Arrays.stream(PredictionStatus.values())
                            .map(status -> group.addGroup("status", status.name()))
                            .map(labelled -> labelled.counter(PREDICTIONS))
                            .toArray(Counter[]::new);
            group.gauge(CALIBRATED_BATCH, (Gauge<Integer>) () -> batchSize);
            for (Device.Kind each : Device.Kind.values()) {
                group.addGroup("device", each.name().toLowerCase(Locale.ROOT))
                        .gauge(DEVICE_IN_USE, (Gauge<Integer>) () -> device == each ? 1 : 0);
            }
        }

        void onCalibrated(Calibration calibration) {
            batchSize = calibration.batchSize();
            device = calibration.device().kind();
        }

        void onPredictions(PredictionStatus status, int predictions) {
            byStatus[status.ordinal()].inc(predictions);
        }
    }

    ScoringMetrics(MetricGroup group) {
        this.group = group;
        batches = group.counter(BATCHES);
        inferences = group.counter(INFERENCES);
        queueNanos = group.counter(QUEUE_NANOS);
        inferenceNanos = group.counter(INFERENCE_NANOS);
        swaps = group.counter(SWAPS);
        refusals = group.counter(REFUSALS);
        withdrawals = group.counter(WITHDRAWALS);
        group.gauge(LOAD_MILLIS, (Gauge<Long>) () -> loadMillis);
        for (int i = 0; i < LATENCY_BOUNDS.length; i++) {
            String bound =
                    LATENCY_BOUNDS[i] == Long.MAX_VALUE
                            ? "+Inf"
                            : String.valueOf(LATENCY_BOUNDS[i]);
            int last = i;
            group.addGroup("le", bound).gauge(LATENCY_BUCKET, (Gauge<Long>) () -> servedUpTo(last));
        }
    }

    /** The counters of a version in a role, the same for every time it is deployed. */
    Version of(String model, String version, Role role) {
        return versions.computeIfAbsent(
                model + "@" + version + "~" + role,
                name ->
                        new Version(
                                group.addGroup("model_id", model)
                                        .addGroup("model_version", version)
                                        .addGroup("role", role.name())));
    }

    void onBatch(int size, long queuedNanos, long nanos) {
        batches.inc();
        inferences.inc(size);
        queueNanos.inc(queuedNanos);
        inferenceNanos.inc(nanos);
    }

    void onServed(long latencyMillis) {
        servedByLatency[bucketOf(latencyMillis)]++;
    }

    /** The first bucket whose bound it does not exceed; the writer's clock may be ahead of ours. */
    static int bucketOf(long latencyMillis) {
        return BUCKETS[(int) Math.max(0, Math.min(latencyMillis, BUCKETS.length - 1))];
    }

    /** The upper bound of a bucket, milliseconds. */
    static long boundOf(int bucket) {
        return LATENCY_BOUNDS[bucket];
    }

    private static byte[] buckets() {
        int beyond = (int) LATENCY_BOUNDS[LATENCY_BOUNDS.length - 2] + 1;
        byte[] buckets = new byte[beyond + 1];
        for (int millis = 0; millis <= beyond; millis++) {
            while (millis > LATENCY_BOUNDS[buckets[millis]]) {
                buckets[millis]++;
            }
        }
        return buckets;
    }

    /** As a reporter's thread sees it, which may be a moment old: no prediction waits for it. */
    private long servedUpTo(int bucket) {
        long sum = 0;
        for (int i = 0; i <= bucket; i++) {
            sum += servedByLatency[i];
        }
        return sum;
    }

    void onSwap(long millis) {
        swaps.inc();
        loadMillis = millis;
    }

    void onRefusal() {
        refusals.inc();
    }

    void onWithdrawal() {
        withdrawals.inc();
    }
}
