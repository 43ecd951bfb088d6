package com.shivx.bench.drift;

import com.shivx.bench.rig.MadeUpPredictions;
import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.drift.calibration.OneVsRestCalibration;
import com.shivx.drift.reference.ReferenceMeasurement;
import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureVector;
import com.shivx.models.Prediction;
import com.shivx.models.artifact.ReferenceColumns;
import com.shivx.models.artifact.ReferenceFile;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A reference of vectors and made-up predictions of them, of every column that a trained version's
 * has. Its rows are spread over as many windows as make chunks.
 */
final class MadeUpReference {

    /** The last is left out, for it may not be full. */
    private static final int CHUNKS = 31;

    private static final int MIN_CHUNK_ROWS = 500;

    private final FeatureSet set;
    private final List<FeatureVector> vectors;
    private final long windowMicros;

    /** Of these vectors of a set, for windows of that length. */
    MadeUpReference(FeatureSet set, List<FeatureVector> vectors, Duration window) {
        this.set = set;
        this.vectors = vectors;
        this.windowMicros = TimeUnit.MICROSECONDS.convert(window);
    }

    /** What is written beside a version whose answers are those. */
    ReferenceFile measure(MadeUpPredictions predictions, SplittableRandom random) {
        int rows = vectors.size();
        ReferenceMeasurement measurement = measurement();
        for (Feature feature : set.features()) {
            int place = set.indexOf(feature.name());
            double[] values = new double[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = vectors.get(row).values()[place];
            }
            measurement.column(feature.name(), values);
        }
        List<String> classes = MadeUpPredictions.classes();
        float[] probabilities = new float[rows * classes.size()];
        int[] predicted = new int[rows];
        int[] truths = new int[rows];
        for (int row = 0; row < rows; row++) {
            Prediction prediction = predictions.next();
            System.arraycopy(
                    prediction.probabilities(),
                    0,
                    probabilities,
                    row * classes.size(),
                    classes.size());
            predicted[row] = classes.indexOf(prediction.prediction());
            truths[row] =
                    random.nextDouble() < prediction.confidence()
                            ? predicted[row]
                            : random.nextInt(classes.size());
        }
        ScoredRows scored = ScoredRows.of(classes.size(), probabilities, truths);
        for (int k = 0; k < classes.size(); k++) {
            double[] values = new double[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = scored.probability(row, k);
            }
            measurement.column(ReferenceColumns.probability(classes.get(k)), values);
        }
        measurement.categories(ReferenceColumns.PREDICTION, predicted, classes.size());
        OneVsRestCalibration calibration = OneVsRestCalibration.fit(scored);
        ScoredRows calibrated = calibration.apply(scored);
        double[] confidence = new double[rows];
        for (int row = 0; row < rows; row++) {
            confidence[row] = calibrated.probability(row, predicted[row]);
        }
        measurement.confidence(confidence);
        return new ReferenceFile(measurement.profile(), calibration);
    }

    private ReferenceMeasurement measurement() {
        int rows = vectors.size();
        List<String> names = vectors.stream().map(FeatureVector::symbol).distinct().toList();
        long[] times = new long[rows];
        int[] symbols = new int[rows];
        for (int row = 0; row < rows; row++) {
            times[row] = CHUNKS * windowMicros * row / rows;
            symbols[row] = names.indexOf(vectors.get(row).symbol());
        }
        return new ReferenceMeasurement(times, symbols, names, windowMicros, MIN_CHUNK_ROWS);
    }
}
