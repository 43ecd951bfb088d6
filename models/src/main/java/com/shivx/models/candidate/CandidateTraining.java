package com.shivx.models.candidate;

import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.drift.calibration.OneVsRestCalibration;
import com.shivx.drift.reference.ReferenceMeasurement;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.artifact.NamedNumbers;
import com.shivx.models.artifact.ReferenceFile;
import com.shivx.models.artifact.ValidatedMetrics;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.contract.Task;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Provenance;
import com.shivx.models.registry.ProvenanceJson;
import com.shivx.models.training.Rows;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.Trainer;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.training.TrainingTask;
import com.shivx.models.training.export.CheckedExport;
import com.shivx.models.training.export.ExportGate;
import com.shivx.models.training.named.Trainers;
import com.shivx.models.training.search.RandomSearch;
import com.shivx.models.validation.Fold;
import com.shivx.models.validation.LabelledRows;
import com.shivx.models.validation.NewModel;
import com.shivx.models.validation.NewModelValidation;
import com.shivx.models.validation.ScoredModel;
import com.shivx.models.validation.Span;
import com.shivx.models.validation.Spans;
import com.shivx.models.validation.ValidationReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a candidate of labelled rows: fitted to the first span of time, stopped, searched and
 * calibrated by the second, exported, and judged by the third, once. Every number after the export
 * comes from the ONNX file, as it would serve.
 *
 * <p>With more folds than one the same is done again and again as time goes on, over windows of
 * equal length, so that each model has learned from as much time as the last, which is the
 * candidate; the verdict is by the test rows of all of them ({@link NewModelValidation}).
 */
public final class CandidateTraining {

    /** Version of a candidate that no registry has given one yet. */
    public static final String UNREGISTERED = "0.0.0";

    /**
     * The parameter of a provenance that says when the last outcome was decided that the version
     * has learned from, microseconds since the epoch.
     */
    public static final String LEARNED_UNTIL = "learned_until_micros";

    /** The parameters of a provenance that say in how many folds a version was made, and which. */
    public static final String WALK_FORWARD = "walk_forward";

    /** As many as live windows must have to be judged, of ten bins. */
    private static final int MIN_CHUNK_ROWS = 500;

    /** The gate draws its own rows around these. */
    private static final int GATE_ROWS = 10_000;

    private final CandidateRules rules;

    /** Training by those rules. */
    public CandidateTraining(CandidateRules rules) {
        this.rules = rules;
    }

    /**
     * Trains.
     *
     * @param production what is in production, to be judged on the same rows; null if nothing is
     * @throws TrainingException if no model comes of it
     * @throws ModelRefusedException if the model would not be let serve
     */
    public Candidate run(
            TrainingSet set, @Nullable ModelArtifact production, TrainingListener progress)
            throws TrainingException, ModelRefusedException {
        List<Spans> times = new FoldSpans(set, rules.shares()).of(rules.folds());
        Trainer trainer = trainer();
        List<Fold> folds = new ArrayList<>();
        for (Spans spans : times.subList(0, times.size() - 1)) {
            TrainingListener told = new FoldProgress(progress, folds.size() + 1, times.size());
            try (TrainedModel model = found(trainer, set, spans, told).model()) {
                folds.add(fold(set, spans, export(model, set, spans, told).artifact()));
            }
        }
        Spans spans = times.get(times.size() - 1);
        TrainingListener told = new FoldProgress(progress, times.size(), times.size());
        RandomSearch.Found found = found(trainer, set, spans, told);
        try (TrainedModel model = found.model()) {
            CheckedExport export = export(model, set, spans, told);
            folds.add(fold(set, spans, export.artifact()));
            LabelledRows test = set.labelled().within(tests(folds));
            progress.onProgress(0, 0, "validating on " + test.rows() + " later rows");
            ValidationReport report =
                    new NewModelValidation(rules.validation())
                            .validate(
                                    test,
                                    new NewModel(folds, null, model.importance()),
                                    production == null
                                            ? null
                                            : rival(production, set.within(tests(folds))));
            return new Candidate(
                    export.artifact(),
                    files(set, folds, model, export.artifact(), found.parameters(), report),
                    report,
                    "%s; its ONNX file answers %,d rows within %.1e"
                            .formatted(model.summary(), export.rows(), export.largestDifference()));
        }
    }

    private RandomSearch.Found found(
            Trainer trainer, TrainingSet set, Spans spans, TrainingListener told)
            throws TrainingException {
        TrainingTask task =
                TrainingTask.classification(TrainingRows.CLASSES, rules.parameters(), rules.seed());
        return new RandomSearch(rules.search())
                .run(trainer, task, set.within(spans.fit()), set.within(spans.tune()), told);
    }

    private CheckedExport export(
            TrainedModel model, TrainingSet set, Spans spans, TrainingListener told)
            throws TrainingException, ModelRefusedException {
        told.onProgress(0, 0, "exporting to ONNX, and holding the file against the model");
        Rows tune = set.within(spans.tune());
        return ExportGate.export(
                model, contract(model), tune.span(0, Math.min(GATE_ROWS, tune.count())));
    }

    private Fold fold(TrainingSet set, Spans spans, ModelArtifact artifact)
            throws ModelRefusedException {
        return new Fold(
                spans,
                new ScoredModel(
                        rules.model(),
                        Judged.probabilities(artifact, set.within(spans.test())),
                        learnedUntilMicros(spans, set.labelled())),
                set.labelled().within(spans.fit()).classFrequencies());
    }

    /** From the first test row to after the last: test spans follow each other without gap. */
    private static Span tests(List<Fold> folds) {
        return new Span(
                folds.get(0).spans().test().fromMicros(),
                folds.get(folds.size() - 1).spans().test().untilMicros());
    }

    /** Production may have been fitted to these rows, which only makes it harder to beat. */
    private static ScoredModel rival(ModelArtifact production, Rows rows)
            throws ModelRefusedException {
        return new ScoredModel(
                production.contract().id(), Judged.probabilities(production, rows), Long.MIN_VALUE);
    }

    private Trainer trainer() throws TrainingException {
        try {
            return Trainers.byName(rules.trainer());
        } catch (IllegalArgumentException e) {
            throw new TrainingException(
                    String.valueOf(e.getMessage()), "name one of them with --trainer");
        }
    }

    private ModelContract contract(TrainedModel model) {
        return new ModelContract(
                rules.model(),
                UNREGISTERED,
                Task.CLASSIFICATION,
                rules.features().name(),
                rules.features().hash(),
                model.columns(),
                TrainingRows.CLASSES,
                new ArrayList<>(TrainingRows.ACTIONS),
                OutputKind.PROBABILITIES,
                model.answersMissing());
    }

    private static long learnedUntilMicros(Spans spans, LabelledRows rows) {
        return spans.tune().untilMicros() + rows.horizonMicros();
    }

    private Map<ArtifactFile, byte[]> files(
            TrainingSet set,
            List<Fold> folds,
            TrainedModel model,
            ModelArtifact artifact,
            Map<String, String> parameters,
            ValidationReport report)
            throws ModelRefusedException {
        Map<ArtifactFile, byte[]> files = new EnumMap<>(ArtifactFile.class);
        files.put(ArtifactFile.METRICS, NamedNumbers.bytes(ValidatedMetrics.of(report)));
        if (!model.importance().isEmpty()) {
            files.put(ArtifactFile.IMPORTANCE, NamedNumbers.bytes(model.importance()));
        }
        Spans spans = folds.get(folds.size() - 1).spans();
        files.put(
                ArtifactFile.REFERENCE,
                reference(set, spans, artifact).write().getBytes(StandardCharsets.UTF_8));
        files.put(
                ArtifactFile.PROVENANCE, ProvenanceJson.write(provenance(set, folds, parameters)));
        return files;
    }

    private ReferenceFile reference(TrainingSet set, Spans spans, ModelArtifact artifact)
            throws ModelRefusedException {
        LabelledRows tune = set.labelled().within(spans.tune());
        Rows rows = set.within(spans.tune());
        ScoredRows scored =
                new ScoredRows(
                        TrainingRows.CLASSES.size(),
                        Judged.probabilities(artifact, rows),
                        tune.truths());
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(
                        tune.eventTimeMicros(),
                        tune.symbols(),
                        tune.symbolNames(),
                        rules.referenceWindowMicros(),
                        MIN_CHUNK_ROWS);
        for (int column = 0; column < rows.width(); column++) {
            double[] values = new double[rows.count()];
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.value(row, column);
            }
            measurement.column(rows.columns().get(column), values);
        }
        List<String> classes = TrainingRows.CLASSES;
        int[] predicted = new int[rows.count()];
        for (int row = 0; row < predicted.length; row++) {
            predicted[row] = scored.predicted(row);
        }
        for (int k = 0; k < classes.size(); k++) {
            double[] values = new double[rows.count()];
            for (int row = 0; row < values.length; row++) {
                values[row] = scored.probability(row, k);
            }
            measurement.column("probability:" + classes.get(k), values);
        }
        measurement.categories("prediction", predicted, classes.size());
        OneVsRestCalibration calibration = OneVsRestCalibration.fit(scored);
        ScoredRows calibrated = calibration.apply(scored);
        double[] confidence = new double[rows.count()];
        for (int row = 0; row < confidence.length; row++) {
            confidence[row] = calibrated.probability(row, predicted[row]);
        }
        measurement.confidence(confidence);
        return new ReferenceFile(measurement.profile(), calibration);
    }

    private Provenance provenance(
            TrainingSet set, List<Fold> folds, Map<String, String> parameters) {
        Map<String, String> all = new TreeMap<>(parameters);
        rules.labels().forEach((name, value) -> all.put("labels." + name, value));
        Spans last = folds.get(folds.size() - 1).spans();
        all.put(LEARNED_UNTIL, String.valueOf(learnedUntilMicros(last, set.labelled())));
        if (folds.size() > 1) {
            all.put(WALK_FORWARD + ".folds", String.valueOf(folds.size()));
            for (int i = 0; i < folds.size(); i++) {
                Spans spans = folds.get(i).spans();
                all.put(
                        "%s.fold_%d".formatted(WALK_FORWARD, i + 1),
                        "fit %s, tune %s, test %s"
                                .formatted(spans.fit(), spans.tune(), spans.test()));
            }
        }
        return new Provenance(
                set.span().fromMicros(),
                set.span().untilMicros() - 1,
                set.labelled().rows(),
                set.sha256(),
                rules.features().name(),
                rules.features().hash(),
                rules.codeVersion(),
                rules.trainer(),
                all,
                rules.seed());
    }
}
