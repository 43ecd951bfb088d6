package com.shivx.operators.scoring;

import com.shivx.features.FeatureVector;
import com.shivx.models.onnx.Scores;
import com.shivx.operators.features.TickVector;
import org.jspecify.annotations.Nullable;

/**
 * Vectors on their way through the models, in their order: filled by the task's thread, scored by
 * whoever has it, read by the task's thread again. Used over and over.
 */
final class VectorBatch {

    /** Which of the scorers that each version has is this batch's own. */
    private final int lane;

    /** New for each filling: the collector is not told of what is written to a young array. */
    private FeatureVector[] vectors;

    private final long[] writtenMillis;
    private final long[] timestamps;
    private final int[] picked;
    private int size;
    private long startNanos;
    private ServingDeployment[] deployments = new ServingDeployment[0];
    private @Nullable Scores[][] scores = new Scores[0][];
    private long[][] callNanos = new long[0][];
    private long queuedNanos;
    private long inferenceNanos;
    private volatile boolean scored;

    VectorBatch(int lane, int capacity) {
        this.lane = lane;
        vectors = new FeatureVector[capacity];
        writtenMillis = new long[capacity];
        timestamps = new long[capacity];
        picked = new int[capacity];
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    FeatureVector vector(int row) {
        return vectors[row];
    }

    /** When the tick's record was written, milliseconds since the epoch. */
    long writtenMillis(int row) {
        return writtenMillis[row];
    }

    long timestamp(int row) {
        return timestamps[row];
    }

    /** When its first vector came, by {@link System#nanoTime()}. */
    long startNanos() {
        return startNanos;
    }

    /** Adds a vector; a batch is never given more than its capacity. */
    void add(TickVector vector, long timestamp) {
        if (size == 0) {
            startNanos = System.nanoTime();
        }
        vectors[size] = vector.vector();
        writtenMillis[size] = vector.writtenMillis();
        timestamps[size] = timestamp;
        size++;
    }

    /** From now on these score it, whatever is deployed meanwhile. */
    void assign(ServingDeployment[] serving) {
        deployments = serving;
        for (ServingDeployment deployment : serving) {
            deployment.retain();
        }
        if (scores.length < serving.length) {
            scores = new Scores[serving.length][];
            callNanos = new long[serving.length][];
        }
        scored = false;
    }

    ServingDeployment[] deployments() {
        return deployments;
    }

    /** Every version scores the vectors that are its deployment's. */
    void score() {
        for (int i = 0; i < deployments.length; i++) {
            ServingDeployment deployment = deployments[i];
            int count = pick(deployment);
            scores[i] = new Scores[deployment.members().size()];
            callNanos[i] = new long[deployment.members().size()];
            long start = System.nanoTime();
            for (int member = 0; member < deployment.members().size(); member++) {
                scores[i][member] =
                        deployment
                                .members()
                                .get(member)
                                .score(lane, count, row -> vectors[picked[row]].values());
                long end = System.nanoTime();
                callNanos[i][member] = end - start;
                start = end;
            }
        }
    }

    private int pick(ServingDeployment deployment) {
        int count = 0;
        for (int row = 0; row < size; row++) {
            if (deployment.isFor(vectors[row])) {
                picked[count++] = row;
            }
        }
        return count;
    }

    /**
     * The scores may be read.
     *
     * @param queued how long the first vector waited, nanoseconds
     * @param inference how long the models took, nanoseconds
     */
    void onScored(long queued, long inference) {
        queuedNanos = queued;
        inferenceNanos = inference;
        scored = true;
    }

    long queuedNanos() {
        return queuedNanos;
    }

    long inferenceNanos() {
        return inferenceNanos;
    }

    /** Whether the scores may be read. */
    boolean isScored() {
        return scored;
    }

    /**
     * What a version says of the deployment's vectors, in their order; null if it was not asked.
     */
    @Nullable Scores scores(int deployment, int member) {
        return scores[deployment][member];
    }

    /** How long a version took for them, nanoseconds; means nothing if it was not asked. */
    long callNanos(int deployment, int member) {
        return callNanos[deployment][member];
    }

    /** Empty again. */
    void clear() {
        for (ServingDeployment deployment : deployments) {
            deployment.release();
        }
        deployments = new ServingDeployment[0];
        vectors = new FeatureVector[vectors.length];
        size = 0;
    }
}
