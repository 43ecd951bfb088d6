package com.shivx.operators.scoring;

import com.shivx.features.Feature;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.OnnxModel;
import java.util.List;
import java.util.Random;

/**
 * Finds the batch size at which a model scores the most vectors a second within a latency budget,
 * and warms it up on the way: networks gain from large batches, ensembles of trees lose.
 *
 * @param batchSize vectors a call
 * @param nanosPerCall of a call of that size, the best of several
 */
record Calibration(int batchSize, long nanosPerCall) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Each size is run for so long, in rounds of which the fastest counts. */
    private static final long ROUND_NANOS = 4 * NANOS_PER_MILLI;

    private static final int ROUNDS = 3;
    private static final int ROWS = 64;

    /** A larger batch must be worth it: it waits longer to fill. */
    private static final double WORTHWHILE = 0.95;

    /**
     * Times the sizes that the model may be called with, from small to large, until a call takes
     * longer than the budget.
     *
     * @param features whose vectors it takes
     * @param budgetMillis what a call may take; where the smallest batch takes longer, that one it
     *     is
     */
    static Calibration of(
            OnnxModel model, List<Feature> features, int maxBatchSize, long budgetMillis) {
        float[][] rows = rows(features);
        Calibration best = null;
        for (int size : model.batchSizes()) {
            if (best != null && size > maxBatchSize) {
                break;
            }
            Calibration timed = timed(model, rows, size);
            if (best != null && timed.nanosPerCall > budgetMillis * NANOS_PER_MILLI) {
                break;
            }
            if (best == null || timed.nanosPerRow() < best.nanosPerRow() * WORTHWHILE) {
                best = timed;
            }
        }
        if (best == null) {
            throw new IllegalStateException("a model has at least one batch size");
        }
        return best;
    }

    double nanosPerRow() {
        return (double) nanosPerCall / batchSize;
    }

    private static Calibration timed(OnnxModel model, float[][] rows, int size) {
        long best = Long.MAX_VALUE;
        try (BatchScorer scorer = model.newScorer(size)) {
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                long elapsed;
                int calls = 0;
                do {
                    int shift = calls++;
                    scorer.score(size, i -> rows[(i + shift) % ROWS]);
                    elapsed = System.nanoTime() - start;
                } while (elapsed < ROUND_NANOS);
                best = Math.min(best, elapsed / calls);
            }
        }
        return new Calibration(size, best);
    }

    /** Drawn within the features' ranges, most of them near zero, as real ones are. */
    private static float[][] rows(List<Feature> features) {
        Random random = new Random(features.size());
        float[][] rows = new float[ROWS][features.size()];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                double value = random.nextGaussian();
                Feature feature = features.get(i);
                row[i] = (float) Math.max(feature.min(), Math.min(feature.max(), value));
            }
        }
        return rows;
    }
}
