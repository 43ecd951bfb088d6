package com.shivx.models.training.export;

import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import com.shivx.models.training.TrainingException;
import java.util.Arrays;
import java.util.List;

/**
 * The serving contract on real rows: each has the same bits alone, in every batch size that the
 * model is called with, in a batch that is filled up with padding, and beside rows of nothing. The
 * loader's trial run has shown it for the rows that it makes up.
 */
final class ServingBits {

    private ServingBits() {}

    /**
     * Checks them.
     *
     * @param vectors what the model is fed; a row of nothing among them
     * @throws TrainingException if a row's bits depend on its neighbours
     */
    static void check(OnnxModel model, List<float[]> vectors) throws TrainingException {
        float[][] alone = new float[vectors.size()][];
        try (BatchScorer scorer = model.newScorer(1)) {
            for (int i = 0; i < alone.length; i++) {
                alone[i] = scorer.score(vectors.get(i)).values(0);
            }
        }
        for (int size : model.batchSizes()) {
            try (BatchScorer scorer = model.newScorer(size)) {
                for (int filled : new int[] {size, Math.max(1, size - 1)}) {
                    for (int from = 0; from < alone.length; from += filled) {
                        check(scorer, vectors, alone, from, filled);
                    }
                }
            }
        }
    }

    private static void check(
            BatchScorer scorer, List<float[]> vectors, float[][] alone, int from, int count)
            throws TrainingException {
        Scores scores = scorer.score(count, i -> vectors.get((from + i) % alone.length));
        for (int i = 0; i < count; i++) {
            float[] beside = scores.values(i);
            float[] expected = alone[(from + i) % alone.length];
            if (!Arrays.equals(beside, expected)) {
                throw new TrainingException(
                        "a row scores %s alone and %s in a batch of %d: %s"
                                .formatted(
                                        Arrays.toString(expected),
                                        Arrays.toString(beside),
                                        count,
                                        Arrays.toString(vectors.get((from + i) % alone.length))),
                        "leave out what looks at the whole batch, such as batch normalisation in"
                                + " training mode or dynamic quantisation");
            }
        }
    }
}
