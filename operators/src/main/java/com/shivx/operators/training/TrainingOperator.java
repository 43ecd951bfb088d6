package com.shivx.operators.training;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.candidate.Candidate;
import com.shivx.models.candidate.CandidateFolder;
import com.shivx.models.candidate.CandidateRules;
import com.shivx.models.candidate.CandidateSpeed;
import com.shivx.models.candidate.CandidateTraining;
import com.shivx.models.candidate.LearnedUntil;
import com.shivx.models.candidate.ModelComparison;
import com.shivx.models.candidate.Placebo;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.candidate.TrainingSet;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.lifecycle.TrainingEnd;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.Bump;
import com.shivx.models.registry.Change;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.RegisteredModel;
import com.shivx.models.registry.Registration;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.VersionName;
import com.shivx.models.registry.uri.Registries;
import com.shivx.models.training.TrainingCancelledException;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.validation.ValidationConfig;
import com.shivx.models.validation.ValidationReport;
import com.shivx.models.wire.TrainingEndJson;
import com.shivx.operators.OneInputFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.jspecify.annotations.Nullable;

/** Trains on the rows, judges what came of it, and registers it. */
public final class TrainingOperator extends RowsOperator {

    private static final long serialVersionUID = 1;

    private final TrainingSettings settings;

    private transient @Nullable EndAccumulator accumulator;

    /** Version that the new one was compared with; null if with none. */
    private transient @Nullable String compared;

    /** What decided; null where the last message says it. */
    private transient @Nullable String reason;

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
    public void open() throws Exception {
        super.open();
        if (settings.request() != null) {
            getRuntimeContext().addAccumulator(TrainingEnd.ACCUMULATOR, accumulator());
        }
    }

    private EndAccumulator accumulator() {
        if (accumulator == null) {
            accumulator = new EndAccumulator();
        }
        return accumulator;
    }

    @Override
    TrainingEvent end(TrainingSet set) throws TrainingException, ModelRefusedException {
        String output = settings.output();
        CandidateFolder folder = output == null ? null : new CandidateFolder(Path.of(output));
        ModelRegistry registry =
                Registries.open(settings.registry(), System.getenv(), InstantSource.system());
        Champion champion = Champion.of(settings.champion(), registry);
        compared = champion == null ? null : champion.artifact().contract().version();
        ModelVersion made = madeBefore(registry);
        if (made != null) {
            tell(made.id() + " was trained for this request before");
            return champion == null
                    ? TrainingEvent.registered(made.id(), "trained before for the same request")
                    : compared(set, registry, made, champion);
        }
        Candidate candidate =
                new CandidateTraining(rules())
                        .run(
                                settings.placebo() > 0
                                        ? Placebo.moved(set, settings.placebo())
                                        : set,
                                champion == null
                                        ? production(registry)
                                        : champion.isComparable(features())
                                                ? champion.artifact()
                                                : null,
                                new Telling());
        TrainingEvent end = ended(candidate, set, registry, folder);
        String version = end.version();
        return champion == null || version == null
                ? end
                : compared(set, registry, registry.resolve(VersionName.parse(version)), champion);
    }

    /**
     * The version that an earlier attempt has registered for the same request before somebody heard
     * of it; null if none has.
     */
    private @Nullable ModelVersion madeBefore(ModelRegistry registry) {
        String request = settings.request();
        if (request == null || !registry.models().contains(settings.model())) {
            return null;
        }
        return registry.model(settings.model()).versions().stream()
                .filter(version -> version.comment().startsWith(requested(request)))
                .findFirst()
                .orElse(null);
    }

    private static String requested(String request) {
        return "request " + request + ": ";
    }

    /** A version that is registered against what serves, by rows that neither has learned from. */
    private TrainingEvent compared(
            TrainingSet set, ModelRegistry registry, ModelVersion version, Champion champion)
            throws ModelRefusedException {
        reason = null;
        if (!champion.isComparable(features())) {
            return TrainingEvent.inconclusive(
                    version.id(),
                    "%s in production takes other features or gives other classes; deploy %s yourself if it shall replace it"
                            .formatted(champion.id(), version.id()));
        }
        tell("comparing %s with %s".formatted(version.id(), champion.id()));
        try {
            ValidationReport report =
                    new ModelComparison(validation())
                            .compare(
                                    set,
                                    new ModelComparison.Side(
                                            registry.artifact(version),
                                            LearnedUntil.micros(registry, version)),
                                    champion.side());
            reason = String.join("; ", report.reasons());
            TrainingEvent.Kind kind =
                    switch (report.verdict()) {
                        case PROMOTE, REGISTER -> TrainingEvent.Kind.PROMOTE;
                        case KEEP, REFUSED -> TrainingEvent.Kind.KEEP;
                        case INCONCLUSIVE -> TrainingEvent.Kind.INCONCLUSIVE;
                    };
            return TrainingEvent.ended(kind, report.rows() + " rows", version.id(), report);
        } catch (TrainingException e) {
            return TrainingEvent.inconclusive(version.id(), String.valueOf(e.getMessage()));
        }
    }

    /** Leaves behind how it ended, for whoever has requested it. */
    @Override
    void atEnd(TrainingEvent end) {
        String request = settings.request();
        if (request == null) {
            return;
        }
        TrainingEnd.Kind kind =
                switch (end.kind()) {
                    case REGISTERED -> TrainingEnd.Kind.REGISTERED;
                    case PROMOTE -> TrainingEnd.Kind.PROMOTE;
                    case KEEP -> TrainingEnd.Kind.KEEP;
                    case INCONCLUSIVE -> TrainingEnd.Kind.INCONCLUSIVE;
                    case REFUSED -> TrainingEnd.Kind.REFUSED;
                    case FAILED -> TrainingEnd.Kind.FAILED;
                    case PROGRESS -> throw new IllegalStateException("the end is none");
                };
        String version = end.version();
        String text =
                new String(
                        new TrainingEndJson()
                                .write(
                                        new TrainingEnd(
                                                request,
                                                settings.model(),
                                                kind,
                                                version == null
                                                        ? null
                                                        : version.substring(
                                                                version.indexOf('@') + 1),
                                                compared,
                                                reason == null ? end.message() : reason)),
                        StandardCharsets.UTF_8);
        accumulator().add(text);
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
                settings.shares(),
                settings.folds(),
                validation(),
                settings.referenceWindowMicros(),
                settings.codeVersion());
    }

    private ValidationConfig validation() {
        return new ValidationConfig(
                settings.minBlockMicros(),
                ValidationConfig.DEFAULT.bootstrap(),
                settings.minAccuracy());
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
        boolean comparable = Champion.isComparable(artifact, features());
        if (!comparable) {
            tell(
                    production.id()
                            + " in production takes other features or gives other classes; not compared");
        }
        return comparable ? artifact : null;
    }

    private TrainingEvent ended(
            Candidate candidate,
            TrainingSet set,
            ModelRegistry registry,
            @Nullable CandidateFolder folder)
            throws ModelRefusedException, TrainingException {
        ValidationReport report = candidate.report();
        reason = String.join("; ", report.reasons());
        TrainingEvent.Kind kind =
                switch (report.verdict()) {
                    case REGISTER, PROMOTE -> TrainingEvent.Kind.REGISTERED;
                    case REFUSED, KEEP -> TrainingEvent.Kind.REFUSED;
                    case INCONCLUSIVE -> TrainingEvent.Kind.INCONCLUSIVE;
                };
        boolean isRegistered = kind == TrainingEvent.Kind.REGISTERED && settings.placebo() == 0;
        Candidate kept =
                isRegistered || folder != null
                        ? CandidateSpeed.measured(candidate, set.rows(), System::nanoTime)
                        : candidate;
        String version = isRegistered ? register(kept, registry) : null;
        if (folder != null) {
            write(kept, version, folder);
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
                    : new RegistryException(
                            "%s is registered; %s".formatted(id, e.getMessage()), e);
        }
        tell("candidate and report written to " + settings.output());
    }

    /**
     * Registers what was trained. A task that was called off, or whose work another has taken over
     * and done meanwhile, registers nothing: it may have trained on behind the cluster's back.
     */
    private String register(Candidate candidate, ModelRegistry registry)
            throws ModelRefusedException, TrainingException {
        TrainingCancelledException.check(new Telling());
        ModelVersion made = madeBefore(registry);
        if (made != null) {
            return made.id();
        }
        String version = settings.version();
        ModelArtifact artifact =
                version == null ? candidate.artifact() : candidate.artifact().as(version);
        return registry.register(
                        new Registration(
                                artifact,
                                version == null ? Bump.valueOf(settings.bump()) : null,
                                candidate.more(),
                                new Change(settings.by(), comment(candidate))))
                .id();
    }

    private String comment(Candidate candidate) {
        String request = settings.request();
        return (request == null ? "" : requested(request)) + "trained: " + candidate.summary();
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
