package com.shivx.models.testing;

import com.shivx.drift.reference.ReferenceMeasurement;
import com.shivx.features.FeatureVector;
import com.shivx.models.Prediction;
import com.shivx.models.artifact.ReferenceColumns;
import com.shivx.models.artifact.ReferenceFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Measures what live windows of a version of {@link DirectionModels} are compared with. */
public final class DirectionReference {

    /** Fifty rows for each of ten bins, as live windows must have. */
    private static final int MIN_CHUNK_ROWS = 500;

    private DirectionReference() {}

    /**
     * The text of {@code reference.json} of a version that is calibrated by nothing.
     *
     * @param windowMicros length of a live window
     * @param vectors at least one, in the order of event time
     * @param predictions what the version says of each
     */
    public static byte[] of(
            long windowMicros, List<FeatureVector> vectors, List<Prediction> predictions) {
        return new ReferenceFile(measure(windowMicros, vectors, predictions).profile(), null)
                .write()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The same before the profile is made of it: features, probabilities and predicted classes. */
    static ReferenceMeasurement measure(
            long windowMicros, List<FeatureVector> vectors, List<Prediction> predictions) {
        List<String> symbols =
                vectors.stream().map(FeatureVector::symbol).distinct().sorted().toList();
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(
                        vectors.stream().mapToLong(FeatureVector::eventTimeMicros).toArray(),
                        vectors.stream().mapToInt(v -> symbols.indexOf(v.symbol())).toArray(),
                        symbols,
                        windowMicros,
                        MIN_CHUNK_ROWS);
        for (String column : DirectionModels.COLUMNS) {
            int place = DirectionModels.SET.indexOf(column);
            measurement.column(
                    column, vectors.stream().mapToDouble(v -> v.values()[place]).toArray());
        }
        String[] classes = predictions.get(0).classes();
        for (int k = 0; k < classes.length; k++) {
            int place = k;
            measurement.column(
                    ReferenceColumns.probability(classes[k]),
                    predictions.stream().mapToDouble(p -> p.probabilities()[place]).toArray());
        }
        measurement.categories(
                ReferenceColumns.PREDICTION,
                predictions.stream()
                        .mapToInt(p -> Arrays.asList(classes).indexOf(p.prediction()))
                        .toArray(),
                classes.length);
        return measurement;
    }
}
