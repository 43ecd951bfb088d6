package com.shivx.models.candidate;

import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.drift.calibration.OneVsRestCalibration;
import com.shivx.drift.reference.ReferenceMeasurement;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.artifact.NamedNumbers;
import com.shivx.models.artifact.ReferenceColumns;
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
import com.shivx.models.validation.LabelledRows;
import com.shivx.models.validation.NewModel;
import com.shivx.models.validation.NewModelValidation;
import com.shivx.models.validation.ScoredModel;
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
 */
public final class CandidateTraining {

    /** Version of a candidate that no registry has given one yet. */
    public static final String UNREGISTERED = "0.0.0";

    /**
     * The parameter of a provenance that says when the last outcome was decided that the version
     * has learned from, microseconds since the epoch.
     */
    public static final String LEARNED_UNTIL = "learned_until_micros";

    /** The parameter of a provenance that says which horizon it predicts, as PT60S. */
    public static final String HORIZON = "labels.horizon";

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
        Spans spans = spans(set);
        Rows fit = set.within(spans.fit());
        Rows tune = set.within(spans.tune());
        Rows test = set.within(spans.test());
        requireRows(fit, "fitted to", spans.fit());
        requireRows(tune, "tuned by", spans.tune());
        Trainer trainer = trainer();
        TrainingTask task =
                TrainingTask.classification(TrainingRows.CLASSES, rules.parameters(), rules.seed());
        RandomSearch.Found found =
                new RandomSearch(rules.search()).run(trainer, task, fit, tune, progress);
        try (TrainedModel model = found.model()) {
            progress.onProgress(0, 0, "exporting to ONNX, and holding the file against the model");
            CheckedExport export =
                    ExportGate.export(
                            model,
                            contract(model),
                            tune.span(0, Math.min(GATE_ROWS, tune.count())));
            progress.onProgress(0, 0, "validating on " + test.count() + " later rows");
            ValidationReport report = validate(set, spans, model, export.artifact(), production);
            return new Candidate(
                    export.artifact(),
                    files(set, spans, model, export.artifact(), found.parameters(), report),
                    report,
                    "%s; its ONNX file answers %,d rows within %.1e"
                            .formatted(model.summary(), export.rows(), export.largestDifference()));
        }
    }

    private Spans spans(TrainingSet set) throws TrainingException {
        set.requireRows();
        try {
            return Spans.of(set.span(), set.labelled().horizonMicros(), rules.shares());
        } catch (IllegalArgumentException e) {
            throw new TrainingException(
                    String.valueOf(e.getMessage()), "take a longer time or a shorter horizon");
        }
    }

    private static void requireRows(Rows rows, String what, Object span) throws TrainingException {
        if (rows.count() == 0) {
            throw new TrainingException(
                    "there is no row to be %s in %s".formatted(what, span), "take a longer time");
        }
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

    private ValidationReport validate(
            TrainingSet set,
            Spans spans,
            TrainedModel model,
            ModelArtifact artifact,
            @Nullable ModelArtifact production)
            throws ModelRefusedException {
        LabelledRows test = set.labelled().within(spans.test());
        Rows rows = set.within(spans.test());
        // Production may have been fitted to these rows, which only makes it harder to beat.
        ScoredModel rival =
                production == null
                        ? null
                        : new ScoredModel(
                                production.contract().id(),
                                Judged.probabilities(production, rows),
                                Long.MIN_VALUE);
        NewModel candidate =
                new NewModel(
                        new ScoredModel(
                                rules.model(),
                                Judged.probabilities(artifact, rows),
                                learnedUntilMicros(spans, test)),
                        null,
                        set.labelled().within(spans.fit()).classFrequencies(),
                        model.importance(),
                        spans);
        return new NewModelValidation(rules.validation()).validate(test, candidate, rival);
    }

    private static long learnedUntilMicros(Spans spans, LabelledRows rows) {
        return spans.tune().untilMicros() + rows.horizonMicros();
    }

    private Map<ArtifactFile, byte[]> files(
            TrainingSet set,
            Spans spans,
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
        files.put(
                ArtifactFile.REFERENCE,
                reference(set, spans, artifact).write().getBytes(StandardCharsets.UTF_8));
        files.put(
                ArtifactFile.PROVENANCE, ProvenanceJson.write(provenance(set, spans, parameters)));
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
            measurement.column(ReferenceColumns.probability(classes.get(k)), values);
        }
        measurement.categories(ReferenceColumns.PREDICTION, predicted, classes.size());
        OneVsRestCalibration calibration = OneVsRestCalibration.fit(scored);
        ScoredRows calibrated = calibration.apply(scored);
        double[] confidence = new double[rows.count()];
        for (int row = 0; row < confidence.length; row++) {
            confidence[row] = calibrated.probability(row, predicted[row]);
        }
        measurement.confidence(confidence);
        return new ReferenceFile(measurement.profile(), calibration);
    }

    private Provenance provenance(TrainingSet set, Spans spans, Map<String, String> parameters) {
        Map<String, String> all = new TreeMap<>(parameters);
        rules.labels().forEach((name, value) -> all.put("labels." + name, value));
        all.put(LEARNED_UNTIL, String.valueOf(learnedUntilMicros(spans, set.labelled())));
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
