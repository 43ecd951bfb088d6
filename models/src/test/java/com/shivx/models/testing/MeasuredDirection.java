package com.shivx.models.testing;

import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.drift.calibration.OneVsRestCalibration;
import com.shivx.drift.reference.ReferenceMeasurement;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureVector;
import com.shivx.features.tick.Tick;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.artifact.ReferenceFile;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.drift.DriftReport;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.drift.WatchedVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Vectors of {@code market-v1} of three symbols, a tenth of a second apart, predictions of them by
 * versions of {@link DirectionModels}, and the reference that such rows have: in windows of a
 * minute, 600 rows each. Every row is a function of its number.
 */
public final class MeasuredDirection {

    public static final long WINDOW_MICROS = 60_000_000;
    public static final long ROW_MICROS = 100_000;
    public static final int ROWS_PER_WINDOW = (int) (WINDOW_MICROS / ROW_MICROS);
    public static final FeatureSet SET = DirectionModels.SET;
    public static final List<String> CLASSES = List.of("DOWN", "FLAT", "UP");

    private static final List<String> SYMBOLS = List.of("S0", "S1", "S2");
    private static final int CHUNKS = 40;
    private static final double SD = 1e-4;
    private static final byte[] REFERENCE = measure();

    private MeasuredDirection() {}

    /** The text of {@code reference.json}. */
    public static byte[] reference() {
        return REFERENCE;
    }

    /** A watched version. */
    public static WatchedVersion watched(String version, Role role) {
        return new WatchedVersion(version, role, SET.hash(), REFERENCE, Map.of(), null);
    }

    /** A deployment of watched versions for every symbol. */
    public static WatchedDeployment deployment(long generation, WatchedVersion... versions) {
        return new WatchedDeployment(
                DirectionModels.MODEL, generation, Deployment.ALL_SYMBOLS, List.of(versions));
    }

    /**
     * The vector of a row.
     *
     * @param shift of the first feature, in its standard deviations
     */
    public static FeatureVector vector(long row, double shift) {
        Random random = new Random(row * 7_919 + 1);
        float[] values = new float[SET.size()];
        for (int i = 0; i < DirectionModels.COLUMNS.size(); i++) {
            double value = random.nextGaussian() + (i == 0 ? shift : 0);
            values[SET.indexOf(DirectionModels.COLUMNS.get(i))] = (float) (SD * value);
        }
        Tick tick = Tick.trade(symbol(row), row * ROW_MICROS, 0, row, 1, 1, null);
        return new FeatureVector(
                FeatureVector.idOf(tick, SET.shortHash()),
                symbol(row),
                tick.kind(),
                row * ROW_MICROS,
                SET.hash(),
                true,
                values);
    }

    /** What a version says of a row. */
    public static Prediction prediction(long row, String version, Role role) {
        float[] probabilities = probabilities(row);
        int most = most(probabilities);
        FeatureVector vector = vector(row, 0);
        return new Prediction(
                vector.vectorId(),
                DirectionModels.MODEL,
                version,
                1,
                role,
                role == Role.CHAMPION,
                vector.symbol(),
                vector.eventTimeMicros(),
                CLASSES.get(most),
                probabilities[most],
                Action.HOLD,
                CLASSES.toArray(String[]::new),
                probabilities,
                PredictionStatus.OK);
    }

    /** The same at another time. */
    public static FeatureVector moved(FeatureVector vector, long micros) {
        return new FeatureVector(
                vector.vectorId(),
                vector.symbol(),
                vector.kind(),
                vector.eventTimeMicros() + micros,
                vector.featureSetHash(),
                vector.ready(),
                vector.values());
    }

    /** The same at another time. */
    public static Prediction moved(Prediction prediction, long micros) {
        return new Prediction(
                prediction.vectorId(),
                prediction.modelId(),
                prediction.modelVersion(),
                prediction.generation(),
                prediction.role(),
                prediction.served(),
                prediction.symbol(),
                prediction.eventTimeMicros() + micros,
                prediction.prediction(),
                prediction.confidence(),
                prediction.action(),
                prediction.classes(),
                prediction.probabilities(),
                prediction.status());
    }

    /** The same of another time. */
    public static DriftReport moved(DriftReport report, long micros) {
        return new DriftReport(
                report.modelId(),
                report.modelVersion(),
                report.role(),
                report.generation(),
                report.windowStartMicros() + micros,
                report.windowEndMicros() + micros,
                report.verdict(),
                report.reason(),
                report.vectors(),
                report.predictions(),
                report.symbolCoverage(),
                report.driftedShare(),
                report.driftScore(),
                report.columns(),
                report.estimatedAccuracy());
    }

    private static String symbol(long row) {
        return SYMBOLS.get((int) (row % SYMBOLS.size()));
    }

    private static float[] probabilities(long row) {
        Random random = new Random(row * 104_729 + 2);
        double[] weights = new double[CLASSES.size()];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.exp(random.nextGaussian());
            sum += weights[k];
        }
        float[] probabilities = new float[weights.length];
        for (int k = 0; k < weights.length; k++) {
            probabilities[k] = (float) (weights[k] / sum);
        }
        return probabilities;
    }

    private static int most(float[] probabilities) {
        int most = 0;
        for (int k = 1; k < probabilities.length; k++) {
            most = probabilities[k] > probabilities[most] ? k : most;
        }
        return most;
    }

    private static byte[] measure() {
        int rows = CHUNKS * ROWS_PER_WINDOW;
        int classes = CLASSES.size();
        List<FeatureVector> vectors = new ArrayList<>(rows);
        List<Prediction> predictions = new ArrayList<>(rows);
        int[] truths = new int[rows];
        double[] probabilities = new double[rows * classes];
        for (int row = 0; row < rows; row++) {
            Prediction prediction = prediction(row, "", Role.CHAMPION);
            vectors.add(vector(row, 0));
            predictions.add(prediction);
            double drawn = new Random(row * 15_485_863L + 3).nextDouble();
            for (int k = 0; k < classes; k++) {
                float probability = prediction.probabilities()[k];
                probabilities[row * classes + k] = probability;
                drawn -= probability;
                truths[row] += drawn >= 0 && k + 1 < classes ? 1 : 0;
            }
        }
        ReferenceMeasurement measurement =
                DirectionReference.measure(WINDOW_MICROS, vectors, predictions);
        OneVsRestCalibration calibration =
                OneVsRestCalibration.fit(new ScoredRows(classes, probabilities, truths));
        double[] calibrated = calibration.apply(probabilities);
        double[] confidence = new double[rows];
        for (int row = 0; row < rows; row++) {
            int predicted = CLASSES.indexOf(predictions.get(row).prediction());
            confidence[row] = calibrated[row * classes + predicted];
        }
        measurement.confidence(confidence);
        return new ReferenceFile(measurement.profile(), calibration)
                .write()
                .getBytes(StandardCharsets.UTF_8);
    }
}
