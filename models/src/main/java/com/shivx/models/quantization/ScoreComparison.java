package com.shivx.models.quantization;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.PredictionStatus;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import java.util.ArrayList;
import java.util.List;

/** Two versions of a model over the same rows. Not thread-safe. */
final class ScoreComparison implements AutoCloseable {

    private static final int BATCH = 256;

    private final OnnxModel original;
    private final BatchScorer before;
    private final BatchScorer after;
    private final OutputKind kind;
    private final List<float[]> vectors = new ArrayList<>(BATCH);
    private final int[] labels = new int[BATCH];

    private final LabelledQuality.Sums qualityBefore = new LabelledQuality.Sums();
    private final LabelledQuality.Sums qualityAfter = new LabelledQuality.Sums();
    private long rows;
    private long lost;
    private long gained;
    private long classChanges;
    private long numbers;
    private double difference;
    private double maxDifference;
    private double mean;
    private double squares;

    private ScoreComparison(OnnxModel original, OnnxModel quantized) {
        this.original = original;
        this.before = original.newScorer(BATCH);
        this.after = quantized.newScorer(BATCH);
        this.kind = original.output();
    }

    /** Scores every row by both. */
    static ScoreChange of(OnnxModel original, OnnxModel quantized, SampleRows rows)
            throws ModelRefusedException {
        try (ScoreComparison comparison = new ScoreComparison(original, quantized)) {
            rows.read(comparison::add);
            comparison.score();
            return comparison.change();
        }
    }

    private void add(float[] values, int label) {
        labels[vectors.size()] = label;
        vectors.add(original.vector(values));
        if (vectors.size() == BATCH) {
            score();
        }
    }

    private void score() {
        Scores old = before.score(vectors.size(), vectors::get);
        Scores young = after.score(vectors.size(), vectors::get);
        for (int row = 0; row < vectors.size(); row++) {
            boolean answered = old.status(row) == PredictionStatus.OK;
            boolean answers = young.status(row) == PredictionStatus.OK;
            if (answered && answers) {
                compare(old, young, row);
            } else {
                lost += answered ? 1 : 0;
                gained += answers ? 1 : 0;
            }
        }
        vectors.clear();
    }

    private void compare(Scores old, Scores young, int row) {
        rows++;
        float[] was = old.values(row);
        float[] is = young.values(row);
        for (int i = 0; i < was.length; i++) {
            double delta = Math.abs((double) is[i] - was[i]);
            difference += delta;
            maxDifference = Math.max(maxDifference, delta);
            numbers++;
            // Welford 1962.
            double fromMean = was[i] - mean;
            mean += fromMean / numbers;
            squares += fromMean * (was[i] - mean);
        }
        if (kind != OutputKind.VALUE) {
            classChanges += old.predicted(row) == young.predicted(row) ? 0 : 1;
            if (labels[row] != SampleRows.NO_LABEL) {
                qualityBefore.add(was, old.predicted(row), labels[row]);
                qualityAfter.add(is, young.predicted(row), labels[row]);
            }
        }
    }

    private ScoreChange change() {
        boolean probabilities = kind == OutputKind.PROBABILITIES;
        return new ScoreChange(
                kind,
                rows,
                lost,
                gained,
                (double) classChanges / rows,
                difference / numbers,
                maxDifference,
                Math.sqrt(squares / numbers),
                qualityBefore.quality(probabilities),
                qualityAfter.quality(probabilities));
    }

    @Override
    public void close() {
        before.close();
        after.close();
    }
}
