package com.shivx.models.drift;

import com.shivx.drift.calibration.OneVsRestCalibration;
import com.shivx.drift.live.LiveReference;
import com.shivx.drift.live.WatchedColumn;
import com.shivx.drift.live.Watching;
import com.shivx.drift.live.WindowCounts;
import com.shivx.drift.reference.ChunkSpread;
import com.shivx.drift.reference.ColumnProfile;
import com.shivx.drift.reference.ReferenceProfile;
import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.artifact.ReferenceColumns;
import com.shivx.models.artifact.ReferenceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version's reference made ready to count vectors and predictions, and to judge them. What it was
 * measured on had both in one row; live they come by two topics, so columns of features and columns
 * of answers are counted apart, each against its own part of the reference.
 *
 * <p>Costly to make: one a version and thread, for it reuses its rows.
 */
public final class VersionReference {

    private final DriftWindows windows;
    private final LiveReference inputs;
    private final LiveReference answers;

    /** Of each column of the inputs, its place in a vector. */
    private final int[] features;

    /**
     * Of each column of the answers, the class whose probability it is; −1 of the answer itself.
     */
    private final int[] classOfColumn;

    private final List<String> classes;
    private final @Nullable OneVsRestCalibration calibration;

    private final double[] inputRow;
    private final double[] answerRow;

    private VersionReference(
            ReferenceFile file,
            int overlap,
            FeatureSet set,
            List<ColumnProfile> inputColumns,
            List<ColumnProfile> answerColumns,
            Map<String, Double> importance) {
        ReferenceProfile profile = file.profile();
        windows = new DriftWindows(profile.windowMicros(), overlap);
        classes =
                answerColumns.stream()
                        .map(ColumnProfile::name)
                        .filter(ReferenceColumns::isProbability)
                        .map(ReferenceColumns::classOf)
                        .toList();
        calibration = file.calibration();
        if (calibration != null && calibration.curves().size() != classes.size()) {
            throw new IllegalArgumentException(
                    "%d curves calibrate %d classes; measure the reference again"
                            .formatted(calibration.curves().size(), classes.size()));
        }
        inputs =
                new LiveReference(
                        part(profile, inputColumns, ChunkSpread.NONE), watched(set, importance));
        answers = new LiveReference(part(profile, answerColumns, profile.confidence()), Map.of());
        features = inputColumns.stream().mapToInt(column -> set.indexOf(column.name())).toArray();
        classOfColumn =
                answerColumns.stream()
                        .mapToInt(
                                column ->
                                        ReferenceColumns.isProbability(column.name())
                                                ? classes.indexOf(
                                                        ReferenceColumns.classOf(column.name()))
                                                : -1)
                        .toArray();
        inputRow = new double[features.length];
        answerRow = new double[classOfColumn.length];
    }

    /**
     * Of a version.
     *
     * @param overlap in how many of its windows each row is to lie
     * @throws ModelRefusedException if it is not watched, or its reference is of no use here
     */
    public static VersionReference of(WatchedVersion version, int overlap)
            throws ModelRefusedException {
        if (version.unwatched() != null) {
            throw new ModelRefusedException(
                    version.unwatched(), "register it with its " + ReferenceFile.FILE_NAME);
        }
        FeatureSet set = featureSet(version.featureSetHash());
        ReferenceFile file = ReferenceFile.read(version.reference());
        List<ColumnProfile> inputs = new ArrayList<>();
        List<ColumnProfile> answers = new ArrayList<>();
        for (ColumnProfile column : file.profile().columns()) {
            (ReferenceColumns.isAnswer(column.name()) ? answers : inputs).add(column);
        }
        try {
            return new VersionReference(file, overlap, set, inputs, answers, version.importance());
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException(
                    ReferenceFile.FILE_NAME + ": " + e.getMessage(), "measure it again", e);
        }
    }

    private static FeatureSet featureSet(String hash) throws ModelRefusedException {
        return FeatureSets.all().values().stream()
                .filter(set -> set.hash().equals(hash))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ModelRefusedException(
                                        "its feature set %s is not on the class path"
                                                .formatted(hash),
                                        "add the jar of that set"));
    }

    static ReferenceProfile part(
            ReferenceProfile whole, List<ColumnProfile> columns, ChunkSpread confidence) {
        return new ReferenceProfile(
                whole.windowMicros(), whole.rows(), whole.mix(), columns, confidence);
    }

    static Map<String, WatchedColumn> watched(FeatureSet set, Map<String, Double> importance) {
        Map<String, WatchedColumn> watched = new HashMap<>();
        for (Feature feature : set.features()) {
            Watching watching =
                    switch (feature.watch()) {
                        case DISTRIBUTION -> Watching.DISTRIBUTION;
                        case RANGE -> Watching.RANGE;
                        case CALENDAR -> Watching.CALENDAR;
                    };
            double share = importance.getOrDefault(feature.name(), Double.NaN);
            watched.put(
                    feature.name(),
                    new WatchedColumn(
                            watching,
                            // Floats on both sides: the schema's bounds as a vector may hold them.
                            (float) feature.min(),
                            (float) feature.max(),
                            share >= 0 && Double.isFinite(share) ? share : Double.NaN));
        }
        return watched;
    }

    /** As long as those that its thresholds were measured for. */
    public DriftWindows windows() {
        return windows;
    }

    /** Of the features. */
    LiveReference inputs() {
        return inputs;
    }

    /** Of probabilities, predicted class and confidence. */
    LiveReference answers() {
        return answers;
    }

    /** How many values of a vector are compared. */
    public int featureCount() {
        return features.length;
    }

    /** Counts a vector of its feature set. */
    void count(FeatureVector vector, WindowCounts counts) {
        float[] values = vector.values();
        for (int i = 0; i < features.length; i++) {
            inputRow[i] = values[features[i]];
        }
        inputs.count(counts, inputs.groupOf(vector.symbol()), inputRow, Double.NaN);
    }

    /** Counts a prediction of it; without an answer all is missing. */
    void count(Prediction prediction, WindowCounts counts) {
        Arrays.fill(answerRow, Double.NaN);
        double confidence = Double.NaN;
        if (isOfItsClasses(prediction)) {
            float[] probabilities = prediction.probabilities();
            int predicted = classes.indexOf(prediction.prediction());
            for (int i = 0; i < answerRow.length; i++) {
                int place = classOfColumn[i];
                if (place >= 0) {
                    answerRow[i] = probabilities[place];
                } else if (predicted >= 0) {
                    answerRow[i] = predicted;
                }
            }
            confidence = confidence(probabilities, predicted);
        }
        answers.count(counts, answers.groupOf(prediction.symbol()), answerRow, confidence);
    }

    private boolean isOfItsClasses(Prediction prediction) {
        return prediction.status() == PredictionStatus.OK
                && prediction.probabilities().length == classes.size()
                && Arrays.asList(prediction.classes()).equals(classes);
    }

    private double confidence(float[] probabilities, int predicted) {
        if (calibration == null || predicted < 0) {
            return Double.NaN;
        }
        double[] said = new double[probabilities.length];
        for (int i = 0; i < said.length; i++) {
            said[i] = probabilities[i];
        }
        return calibration.apply(said)[predicted];
    }
}
