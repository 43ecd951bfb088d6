package com.shivx.operators.training;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.candidate.Candidate;
import com.shivx.models.candidate.CandidateFolder;
import com.shivx.models.candidate.CandidateRules;
import com.shivx.models.candidate.CandidateTraining;
import com.shivx.models.candidate.Placebo;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.candidate.TrainingRows;
import com.shivx.models.candidate.TrainingSet;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.Bump;
import com.shivx.models.registry.Change;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.RegisteredModel;
import com.shivx.models.registry.Registration;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.uri.Registries;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.validation.SpanShares;
import com.shivx.models.validation.ValidationConfig;
import com.shivx.models.validation.ValidationReport;
import com.shivx.operators.OneInputFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.jspecify.annotations.Nullable;

/** Trains on the rows, judges what came of it, and registers it. */
public final class TrainingOperator extends RowsOperator {

    private static final long serialVersionUID = 1;

    private final TrainingSettings settings;

    TrainingOperator(
            StreamOperatorParameters<TrainingEvent> parameters, TrainingSettings settings) {
        super(parameters, settings.featureSet(), settings.horizonMicros());
        this.settings = settings;
    }

    /** Of one training. */
    public static OneInputFactory<TrainingRow, TrainingEvent> factory(TrainingSettings settings) {
        return new OneInputFactory<>(
                TrainingOperator.class, parameters -> new TrainingOperator(parameters, settings));
    }

    @Override
    TrainingEvent end(TrainingSet set) throws TrainingException, ModelRefusedException {
        String output = settings.output();
        CandidateFolder folder = output == null ? null : new CandidateFolder(Path.of(output));
        ModelRegistry registry =
                Registries.open(settings.registry(), System.getenv(), InstantSource.system());
        Candidate candidate =
                new CandidateTraining(rules())
                        .run(
                                settings.placebo() > 0
                                        ? Placebo.moved(set, settings.placebo())
                                        : set,
                                production(registry),
                                new Telling());
        return ended(candidate, registry, folder);
    }

    private CandidateRules rules() {
        return new CandidateRules(
                settings.model(),
                features(),
                settings.labels(),
                settings.trainer(),
                settings.parameters(),
                settings.search(),
                settings.seed(),
                SpanShares.DEFAULT,
                settings.folds(),
                new ValidationConfig(
                        settings.minBlockMicros(),
                        ValidationConfig.DEFAULT.bootstrap(),
                        settings.minAccuracy()),
                settings.referenceWindowMicros(),
                settings.codeVersion());
    }

    /** What is in production, if it takes the same vectors and gives the same classes. */
    private @Nullable ModelArtifact production(ModelRegistry registry)
            throws ModelRefusedException {
        if (!registry.models().contains(settings.model())) {
            return null;
        }
        RegisteredModel model = registry.model(settings.model());
        SemanticVersion version = model.aliases().get(Alias.PRODUCTION);
        ModelVersion production = version == null ? null : model.version(version).orElse(null);
        if (production == null) {
            return null;
        }
        ModelArtifact artifact = registry.artifact(production);
        boolean comparable =
                features().hash().equals(artifact.contract().featureSetHash())
                        && artifact.contract().classes().containsAll(TrainingRows.CLASSES);
        if (!comparable) {
            tell(
                    production.id()
                            + " in production takes other features or gives other classes; not compared");
        }
        return comparable ? artifact : null;
    }

    private TrainingEvent ended(
            Candidate candidate, ModelRegistry registry, @Nullable CandidateFolder folder)
            throws ModelRefusedException {
        ValidationReport report = candidate.report();
        TrainingEvent.Kind kind =
                switch (report.verdict()) {
                    case REGISTER, PROMOTE -> TrainingEvent.Kind.REGISTERED;
                    case REFUSED, KEEP -> TrainingEvent.Kind.REFUSED;
                    case INCONCLUSIVE -> TrainingEvent.Kind.INCONCLUSIVE;
                };
        String version =
                kind == TrainingEvent.Kind.REGISTERED && settings.placebo() == 0
                        ? register(candidate, registry)
                        : null;
        if (folder != null) {
            write(candidate, version, folder);
        }
        return TrainingEvent.ended(kind, candidate.summary(), version, report);
    }

    /** Under the version that it has got, or under none that a registry could have given. */
    private void write(Candidate candidate, @Nullable String id, CandidateFolder folder)
            throws ModelRefusedException {
        try {
            folder.write(candidate, id == null ? null : id.substring(id.indexOf('@') + 1));
        } catch (RegistryException e) {
            throw id == null
                    ? e
                    : new RegistryException("%s is registered; %s".formatted(id, e.getMessage()), e);
        }
        tell("candidate and report written to " + settings.output());
    }

    private String register(Candidate candidate, ModelRegistry registry)
            throws ModelRefusedException {
        String version = settings.version();
        ModelArtifact artifact =
                version == null ? candidate.artifact() : candidate.artifact().as(version);
        return registry.register(
                        new Registration(
                                artifact,
                                version == null ? Bump.valueOf(settings.bump()) : null,
                                candidate.more(),
                                new Change(settings.by(), "trained: " + candidate.summary())))
                .id();
    }

    /** Passes on what the trainer tells, and calls it off when the task is cancelled. */
    private final class Telling implements TrainingListener {

        @Override
        public void onProgress(int done, int total, String message) {
            tell(TrainingEvent.progress(done, total, message));
        }

        @Override
        public boolean isCancelled() {
            return getContainingTask().isCanceled();
        }
    }
}
