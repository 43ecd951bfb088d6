package com.shivx.cli.market;

import com.shivx.drift.calibration.OneVsRestCalibration;
import com.shivx.drift.reference.ColumnProfile;
import com.shivx.drift.reference.QuantileGrid;
import com.shivx.drift.reference.ReferenceProfile;
import com.shivx.features.Feature;
import com.shivx.features.Watch;
import com.shivx.models.artifact.ReferenceFile;
import com.shivx.models.candidate.Candidate;
import com.shivx.models.candidate.CandidateRules;
import com.shivx.models.candidate.CandidateTraining;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.candidate.TrainingRows;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.onnx.Scores;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.validation.SpanShares;
import com.shivx.models.validation.ValidationConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A model trained as a job trains it, and what it makes of rows. */
final class LearntModel {

    private static final int CHUNK = 4_096;
    private static final int CLASSES = TrainingRows.CLASSES.size();
    private static final int ROWS_A_BIN = 50;
    private static final int EFFECTIVE_ROWS = 30;

    private final Candidate candidate;
    private final ReferenceProfile reference;
    private final OneVsRestCalibration calibration;

    private LearntModel(Candidate candidate) throws Exception {
        this.candidate = candidate;
        ReferenceFile file =
                ReferenceFile.read(
                        Objects.requireNonNull(candidate.more().get(ArtifactFile.REFERENCE)));
        reference = file.profile();
        calibration = Objects.requireNonNull(file.calibration());
    }

    /** Trained with what the trainer is shipped with. */
    static LearntModel of(
            MarketRows rows,
            long horizonMicros,
            long windowMicros,
            SpanShares shares,
            @Nullable ModelArtifact production)
            throws Exception {
        TrainingRows gathered = new TrainingRows(MarketRows.FEATURES, horizonMicros);
        rows.rows().forEach(gathered::add);
        CandidateRules rules =
                new CandidateRules(
                        "direction",
                        MarketRows.FEATURES,
                        Map.of(),
                        "xgboost",
                        Map.of(),
                        1,
                        1,
                        shares,
                        1,
                        new ValidationConfig(
                                2 * horizonMicros, ValidationConfig.DEFAULT.bootstrap(), null),
                        windowMicros,
                        "test");
        return new LearntModel(
                new CandidateTraining(rules)
                        .run(gathered.toSet(), production, TrainingListener.NONE));
    }

    Candidate candidate() {
        return candidate;
    }

    /**
     * What became of what it says of rows.
     *
     * @param accuracy share that it has right
     * @param estimate the same by its own calibrated probabilities
     * @param majority share of the commonest class
     * @param rows how many there are
     */
    record Scored(double accuracy, double estimate, double majority, int rows) {}

    Scored score(MarketRows rows) throws Exception {
        return score(candidate.artifact(), rows);
    }

    /** The same of another file of the same answers. */
    Scored score(ModelArtifact artifact, MarketRows rows) throws Exception {
        double[] probabilities = probabilities(artifact, rows.rows());
        double[] calibrated = calibration.apply(probabilities);
        int[] came = new int[CLASSES];
        int right = 0;
        double estimate = 0;
        for (int row = 0; row < rows.rows().size(); row++) {
            int truth = rows.rows().get(row).direction().ordinal();
            int predicted = predicted(probabilities, row);
            came[truth]++;
            right += predicted == truth ? 1 : 0;
            estimate += calibrated[row * CLASSES + predicted];
        }
        int most = Math.max(came[0], Math.max(came[1], came[2]));
        double all = rows.rows().size();
        return new Scored(right / all, estimate / all, most / all, rows.rows().size());
    }

    /** In the order of the directions, whatever that of the model's classes is. */
    private static double[] probabilities(ModelArtifact artifact, List<TrainingRow> rows)
            throws Exception {
        List<String> classes = artifact.contract().classes();
        double[] all = new double[rows.size() * CLASSES];
        try (OnnxModel model = ModelLoader.DEFAULT.load(artifact);
                BatchScorer scorer = model.newScorer(Integer.MAX_VALUE)) {
            for (int from = 0; from < rows.size(); from += CHUNK) {
                int start = from;
                Scores scores =
                        scorer.score(
                                Math.min(CHUNK, rows.size() - from),
                                i -> model.vector(rows.get(start + i).values()));
                for (int i = 0; i < scores.count(); i++) {
                    float[] values = scores.values(i);
                    for (int k = 0; k < CLASSES; k++) {
                        int place = TrainingRows.CLASSES.indexOf(classes.get(k));
                        all[(start + i) * CLASSES + place] = values[k];
                    }
                }
            }
        }
        return all;
    }

    private static int predicted(double[] probabilities, int row) {
        int best = 0;
        for (int k = 1; k < CLASSES; k++) {
            if (probabilities[row * CLASSES + k] > probabilities[row * CLASSES + best]) {
                best = k;
            }
        }
        return best;
    }

    /**
     * Whether what it says of itself is out of what chunks of the reference gave, in each window.
     */
    List<Boolean> estimates(MarketRows rows, long fromMicros, int windows) throws Exception {
        List<Boolean> outside = new ArrayList<>();
        for (int window = 0; window < windows; window++) {
            long start = fromMicros + window * reference.windowMicros();
            double estimate =
                    score(rows.between(start, start + reference.windowMicros())).estimate();
            outside.add(
                    estimate < reference.confidence().lowerThreshold()
                            || estimate > reference.confidence().threshold());
        }
        return outside;
    }

    /**
     * Features beyond the threshold that chunks of the reference gave, in each window.
     *
     * @param judged features of which something can be said in every window
     * @param beyond those beyond it, a window each
     */
    record Drift(List<String> judged, List<TreeSet<String>> beyond) {

        /**
         * The first window in which a feature is beyond it for the third time in five; −1 if there
         * is none.
         */
        int firstAlert() {
            for (int window = 0; window < beyond.size(); window++) {
                for (String feature : beyond.get(window)) {
                    long times =
                            beyond.subList(Math.max(0, window - 4), window + 1).stream()
                                    .filter(each -> each.contains(feature))
                                    .count();
                    if (times >= 3) {
                        return window;
                    }
                }
            }
            return -1;
        }
    }

    /** Of whole windows from an event time on. */
    Drift drift(MarketRows rows, long fromMicros, int windows) {
        List<TreeSet<String>> beyond = new ArrayList<>();
        TreeSet<String> judged = new TreeSet<>();
        List<Feature> features = MarketRows.FEATURES.features();
        features.forEach(feature -> judged.add(feature.name()));
        for (int window = 0; window < windows; window++) {
            long start = fromMicros + window * reference.windowMicros();
            List<TrainingRow> live = rows.between(start, start + reference.windowMicros()).rows();
            beyond.add(new TreeSet<>());
            for (int i = 0; i < features.size(); i++) {
                Feature feature = features.get(i);
                ColumnProfile column = reference.column(feature.name()).orElseThrow();
                double distance = distance(column, i, live);
                if (feature.watch() != Watch.DISTRIBUTION || Double.isNaN(distance)) {
                    judged.remove(feature.name());
                } else if (distance > column.ks().threshold()) {
                    beyond.get(window).add(feature.name());
                }
            }
        }
        return new Drift(List.copyOf(judged), beyond);
    }

    /** NaN where there are too few rows to say anything. */
    private double distance(ColumnProfile column, int feature, List<TrainingRow> live) {
        int[] groups = reference.mix().groupsOf(live.stream().map(TrainingRow::symbol).toList());
        long[] rowsOfGroup = new long[reference.mix().groups()];
        for (int group : groups) {
            rowsOfGroup[group]++;
        }
        double[] weights = reference.mix().weights(rowsOfGroup);
        QuantileGrid grid = new QuantileGrid(column.quantiles());
        double[] cells = new double[grid.cells()];
        int present = 0;
        for (int row = 0; row < groups.length; row++) {
            double value = live.get(row).values()[feature];
            if (Double.isFinite(value)) {
                cells[grid.cellOf(value)] += weights[groups[row]];
                present++;
            }
        }
        boolean enough =
                present >= ROWS_A_BIN * column.bins().count()
                        && column.effectiveRows(present) >= EFFECTIVE_ROWS;
        return enough ? grid.distance(cells) : Double.NaN;
    }
}
