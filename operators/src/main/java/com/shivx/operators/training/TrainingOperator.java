package com.shivx.operators.training;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.candidate.Candidate;
import com.shivx.models.candidate.CandidateFolder;
import com.shivx.models.candidate.CandidateSpeed;
import com.shivx.models.candidate.CandidateTraining;
import com.shivx.models.candidate.Placebo;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.candidate.TrainingSet;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.lifecycle.TrainingEnd;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.uri.Registries;
import com.shivx.models.training.TrainingCancelledException;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
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

    /** Version that the new one is compared with; null if with none. */
    private transient @Nullable String compared;

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
            accumulator = new EndAccumulator();
            getRuntimeContext().addAccumulator(TrainingEnd.ACCUMULATOR, accumulator);
        }
    }

    @Override
    Ended end(TrainingSet set) throws TrainingException, ModelRefusedException {
        String output = settings.output();
        CandidateFolder folder = output == null ? null : new CandidateFolder(Path.of(output));
        TrainedVersions versions =
                new TrainedVersions(
                        settings,
                        Registries.open(
                                settings.registry(), System.getenv(), InstantSource.system()));
        Champion champion = Champion.of(settings.champion(), versions.registry());
        compared = champion == null ? null : champion.artifact().contract().version();
        ModelVersion made = versions.madeBefore();
        if (made != null) {
            tell(made.id() + " was trained for this request before");
            return champion == null
                    ? Ended.told(
                            TrainingEvent.registered(
                                    made.id(), "trained before for the same request"))
                    : compared(set, versions, made, champion);
        }
        Candidate candidate =
                new CandidateTraining(settings.rules(features()))
                        .run(
                                settings.placebo() > 0
                                        ? Placebo.moved(set, settings.placebo())
                                        : set,
                                rival(versions, champion),
                                new Telling());
        return judged(candidate, set, versions, champion, folder);
    }

    /** What is compared with the candidate on the very rows that judge it; null for nothing. */
    private @Nullable ModelArtifact rival(TrainedVersions versions, @Nullable Champion champion)
            throws ModelRefusedException {
        if (champion != null) {
            return champion.isComparable(features()) ? champion.artifact() : null;
        }
        ModelVersion production = versions.production();
        if (production == null) {
            return null;
        }
        ModelArtifact artifact = versions.registry().artifact(production);
        if (Champion.isComparable(artifact, features())) {
            return artifact;
        }
        tell(
                production.id()
                        + " in production takes other features or gives other classes; not compared");
        return null;
    }

    private Ended judged(
            Candidate candidate,
            TrainingSet set,
            TrainedVersions versions,
            @Nullable Champion champion,
            @Nullable CandidateFolder folder)
            throws ModelRefusedException, TrainingException {
        ValidationReport report = candidate.report();
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
        ModelVersion version = isRegistered ? register(kept, versions) : null;
        if (folder != null) {
            write(kept, version, folder);
        }
        return champion == null || version == null
                ? Ended.judged(
                        kind, candidate.summary(), version == null ? null : version.id(), report)
                : compared(set, versions, version, champion);
    }

    /**
     * A task that was called off, or whose work another has taken over and done meanwhile,
     * registers nothing: it may have trained on behind the cluster's back.
     */
    private ModelVersion register(Candidate candidate, TrainedVersions versions)
            throws ModelRefusedException, TrainingException {
        TrainingCancelledException.check(new Telling());
        return versions.register(candidate);
    }

    /** Under the version that it has got, or under none that a registry could have given. */
    private void write(Candidate candidate, @Nullable ModelVersion version, CandidateFolder folder)
            throws ModelRefusedException {
        try {
            folder.write(candidate, version == null ? null : version.version().toString());
        } catch (RegistryException e) {
            throw version == null
                    ? e
                    : new RegistryException(
                            "%s is registered; %s".formatted(version.id(), e.getMessage()), e);
        }
        tell("candidate and report written to " + settings.output());
    }

    private Ended compared(
            TrainingSet set, TrainedVersions versions, ModelVersion version, Champion champion)
            throws ModelRefusedException {
        if (!champion.isComparable(features())) {
            return Ended.told(
                    TrainingEvent.inconclusive(
                            version.id(),
                            "%s in production takes other features or gives other classes; deploy %s yourself if it shall replace it"
                                    .formatted(champion.id(), version.id())));
        }
        tell("comparing %s with %s".formatted(version.id(), champion.id()));
        return champion.comparedWith(version, versions.registry(), set, settings.validation());
    }

    /** Leaves behind how it ended, for whoever has requested it. */
    @Override
    void atEnd(Ended end) {
        String request = settings.request();
        if (request != null && accumulator != null) {
            byte[] json = new TrainingEndJson().write(end.of(request, settings.model(), compared));
            accumulator.add(new String(json, StandardCharsets.UTF_8));
        }
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
