package com.shivx.operators.scoring;

import com.shivx.features.FeatureVector;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.Scores;
import com.shivx.models.onnx.SharedModels;
import com.shivx.models.serving.ServingCounts;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One version as one subtask serves it: its share of the model, a scorer for each batch that may be
 * under way at once, and how it has been doing.
 */
final class ServingMember implements AutoCloseable {

    private static final long NANOS_PER_MICRO = 1_000;

    private final ModelRef ref;
    private final Role role;
    private final SharedModels.Lease lease;
    private final Calibration calibration;
    private final Watchdog watchdog;
    private final @Nullable Lane[] lanes;
    private final String[] classes;
    private ScoringMetrics.@Nullable Version metrics;
    private ServingCounts counted = new ServingCounts();
    private int failuresInARow;
    private volatile boolean withdrawn;

    /** A scorer and its watch. */
    private record Lane(BatchScorer scorer, Watchdog.Watched watched) {}

    ServingMember(
            ModelRef ref,
            Role role,
            SharedModels.Lease lease,
            Calibration calibration,
            Watchdog watchdog,
            int laneCount) {
        this.ref = ref;
        this.role = role;
        this.lease = lease;
        this.calibration = calibration;
        this.watchdog = watchdog;
        lanes = new Lane[laneCount];
        classes = lease.model().contract().classes().toArray(String[]::new);
    }

    ModelRef ref() {
        return ref;
    }

    Role role() {
        return role;
    }

    Calibration calibration() {
        return calibration;
    }

    /** From now on its predictions are counted there. */
    void countBy(ScoringMetrics all, String model) {
        metrics = all.of(model, ref.version(), role);
        metrics.onCalibrated(calibration);
    }

    /** Takes note of the predictions of a batch, made of scores or, without any, of failure. */
    void onPredictions(@Nullable Scores scores, int rows) {
        int told = 0;
        while (told < rows) {
            PredictionStatus status = status(scores, told);
            int next = told + 1;
            while (next < rows && status(scores, next) == status) {
                next++;
            }
            onPredictions(status, next - told);
            told = next;
        }
    }

    private void onPredictions(PredictionStatus status, int predictions) {
        counted.answers.add(status, predictions);
        if (metrics != null) {
            metrics.onPredictions(status, predictions);
        }
    }

    private static PredictionStatus status(@Nullable Scores scores, int row) {
        return scores == null ? PredictionStatus.FAILED : scores.status(row);
    }

    /** It has scored a batch, which took so long. */
    void onCall(long nanos) {
        counted.callMicros.add(nanos / NANOS_PER_MICRO);
    }

    /** A prediction of its that is to be acted on, so long after its tick was written. */
    void onServed(long latencyMillis) {
        counted.latencyMillis.add(latencyMillis);
    }

    /** Whether anything was counted since it was asked for it last. */
    boolean hasCounted() {
        return counted.answers.total() > 0;
    }

    /** What was counted since it was asked for it last; counts anew. */
    ServingCounts takeCounted() {
        ServingCounts taken = counted;
        counted = new ServingCounts();
        return taken;
    }

    /** Scores rows as one of the batches under way; null if it is asked no more. */
    @Nullable Scores score(int laneIndex, int count, IntFunction<float[]> rows) {
        if (withdrawn || count == 0) {
            return null;
        }
        Lane lane = lane(laneIndex);
        lane.watched.begin(System.nanoTime());
        try {
            return lane.scorer.score(count, rows);
        } finally {
            lane.watched.end();
        }
    }

    private Lane lane(int index) {
        Lane lane = lanes[index];
        if (lane == null) {
            BatchScorer scorer = lease.model().newScorer(calibration.batchSize());
            lane = new Lane(scorer, watchdog.watch(scorer));
            lanes[index] = lane;
        }
        return lane;
    }

    /** Ends the call of every batch under way. */
    void terminate() {
        for (Lane lane : lanes) {
            if (lane != null) {
                lane.watched.terminate();
            }
        }
    }

    /**
     * Its prediction for a vector, {@code row} among the scores, which are null if it gave none.
     */
    Prediction prediction(
            @Nullable Scores scores,
            int row,
            FeatureVector vector,
            long generation,
            boolean served) {
        return scores != null
                ? scores.prediction(row, vector, generation, role, served)
                : Prediction.unanswered(
                        vector,
                        lease.model().contract().model(),
                        ref.version(),
                        generation,
                        role,
                        served,
                        classes,
                        PredictionStatus.FAILED);
    }

    /**
     * Takes note of how a batch went.
     *
     * @return whether this was one failure too many, and it is withdrawn from now on
     */
    boolean isOneFailureTooMany(Scores scores, int maxFailures) {
        failuresInARow = hasFailed(scores) ? failuresInARow + 1 : 0;
        if (failuresInARow < maxFailures || withdrawn) {
            return false;
        }
        withdrawn = true;
        return true;
    }

    private static boolean hasFailed(Scores scores) {
        for (int row = 0; row < scores.count(); row++) {
            PredictionStatus status = scores.status(row);
            if (status != PredictionStatus.FAILED && status != PredictionStatus.TIMEOUT) {
                return false;
            }
        }
        return scores.count() > 0;
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    /** Frees the buffers and gives the model back; no batch is under way. */
    @Override
    public void close() {
        for (Lane lane : lanes) {
            if (lane != null) {
                lane.watched.close();
                lane.scorer.close();
            }
        }
        lease.close();
    }
}
