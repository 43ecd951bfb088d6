package com.shivx.operators.scoring;

import com.shivx.features.Feature;
import com.shivx.features.FeatureSets;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.Device;
import com.shivx.models.onnx.OnnxModel;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds the batch size at which a model scores the most vectors a second within a latency budget,
 * and warms it up on the way: networks gain from large batches, ensembles of trees lose.
 *
 * @param device what it was found on
 * @param batchSize vectors a call
 * @param nanosPerCall of a call of that size, the best of several
 */
public record Calibration(Device device, int batchSize, long nanosPerCall) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /**
     * Each size is run for so long, pauses included, and for so many rounds at least, of which the
     * fastest counts.
     */
    private static final long SIZE_NANOS = 12 * NANOS_PER_MILLI;

    private static final int MIN_ROUNDS = 3;

    /** Less than a time slice, so that on a busy machine some rounds run without a break. */
    private static final long ROUND_NANOS = NANOS_PER_MILLI / 2;

    private static final int ROWS = 64;

    /** A larger batch must be worth it: it waits longer to fill. */
    private static final double WORTHWHILE = 0.95;

    /**
     * Times the sizes that the model may be called with, from small to large, until a call takes
     * longer than the budget.
     *
     * @param budgetMillis what a call may take; where the smallest batch takes longer, that one it
     *     is
     */
    public static Calibration of(OnnxModel model, int maxBatchSize, long budgetMillis) {
        String set = model.contract().featureSet();
        float[][] rows =
                set == null
                        ? rows(model.contract().columns().size())
                        : rows(FeatureSets.byName(set).features());
        Calibration best = null;
        for (int size : model.batchSizes()) {
            if (best != null && size > maxBatchSize) {
                break;
            }
            Calibration timed = timed(model, rows, size);
            if (best != null && !timed.isWithin(budgetMillis)) {
                break;
            }
            if (best == null || timed.isWorthMoreThan(best)) {
                best = timed;
            }
        }
        if (best == null) {
            throw new IllegalStateException("a model has at least one batch size");
        }
        return best;
    }

    /** Whether another device is to be left for this one. */
    boolean beats(Calibration other, long budgetMillis) {
        return isWithin(budgetMillis) && (isWorthMoreThan(other) || !other.isWithin(budgetMillis));
    }

    private boolean isWithin(long budgetMillis) {
        return nanosPerCall <= budgetMillis * NANOS_PER_MILLI;
    }

    private boolean isWorthMoreThan(Calibration other) {
        return nanosPerRow() < other.nanosPerRow() * WORTHWHILE;
    }

    private double nanosPerRow() {
        return (double) nanosPerCall / batchSize;
    }

    private static Calibration timed(OnnxModel model, float[][] rows, int size) {
        long best = Long.MAX_VALUE;
        try (BatchScorer scorer = model.newScorer(size)) {
            long begin = System.nanoTime();
            for (int round = 0;
                    round < MIN_ROUNDS || System.nanoTime() - begin < SIZE_NANOS;
                    round++) {
                long start = System.nanoTime();
                long elapsed;
                int calls = 0;
                do {
                    int shift = calls++;
                    scorer.score(size, i -> rows[(i + shift) % ROWS]);
                    elapsed = System.nanoTime() - start;
                } while (elapsed < ROUND_NANOS);
                best = Math.min(best, elapsed / calls);
                // A stream that another version serves goes on beside this one.
                LockSupport.parkNanos(elapsed);
            }
        }
        return new Calibration(model.device(), size, best);
    }

    /** Near zero, as most features are. */
    private static float[][] rows(int columns) {
        Random random = new Random(columns);
        float[][] rows = new float[ROWS][columns];
        for (float[] row : rows) {
            for (int i = 0; i < columns; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return rows;
    }

    /** The same within the features' ranges. */
    private static float[][] rows(List<Feature> features) {
        float[][] rows = rows(features.size());
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                Feature feature = features.get(i);
                row[i] = (float) Math.max(feature.min(), Math.min(feature.max(), row[i]));
            }
        }
        return rows;
    }
}
