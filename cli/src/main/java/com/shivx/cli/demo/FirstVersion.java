package com.shivx.cli.demo;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.deploy.DeploymentCall;
import com.shivx.cli.story.Mislabelled;
import com.shivx.cli.story.Story;
import com.shivx.jobs.TrainingJob;
import com.shivx.jobs.options.TrainingOptions;
import com.shivx.local.EmbeddedFlink;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.registry.Bump;
import com.shivx.models.registry.Change;
import com.shivx.models.registry.MeasuredFiles;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.Registration;
import com.shivx.models.registry.VersionName;
import com.shivx.models.registry.uri.Registries;
import com.shivx.operators.training.TrainingEvent;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/**
 * Trains the first version on all ticks that are in Kafka by then, registers it and lets it serve,
 * in a thread of its own; the story is told of each step. Only what comes later is asked for by
 * alarms: somebody has to begin.
 */
final class FirstVersion implements AutoCloseable {

    private static final Duration DEPLOYMENT = Duration.ofMinutes(2);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final EmbeddedFlink flink;
    private final Configuration options;
    private final ModelFolder models;
    private final Story story;
    private final boolean bringsABadOne;
    private final Runnable whenOver;
    private final Thread thread = new Thread(this::run, "first-version");
    private volatile boolean closed;
    private volatile @Nullable JobClient job;

    /**
     * Not begun.
     *
     * @param models where it is copied to so that jobs take it from there
     * @param bringsABadOne whether a version that is wrong is rolled out after it
     * @param whenOver what happens when every subtask serves it, or none ever will
     */
    FirstVersion(
            EmbeddedFlink flink,
            Configuration options,
            ModelFolder models,
            Story story,
            boolean bringsABadOne,
            Runnable whenOver) {
        this.flink = flink;
        this.options = options;
        this.models = models;
        this.story = story;
        this.bringsABadOne = bringsABadOne;
        this.whenOver = whenOver;
        thread.setDaemon(true);
    }

    /** Begins; a second call does nothing. */
    void begin() {
        if (thread.getState() == Thread.State.NEW && !closed) {
            story.on(TrainingEvent.progress(0, 0, "reads what there is so far"));
            thread.start();
        }
    }

    private void run() {
        try {
            TrainingEvent end = train();
            story.on(end);
            if (end.version() != null) {
                deploy(end.version());
            }
        } catch (Exception e) {
            if (!closed) {
                story.onFailure(root(e));
            }
        } finally {
            whenOver.run();
        }
    }

    private TrainingEvent train() throws Exception {
        StreamExecutionEnvironment env = flink.environment(options);
        // One slot: the scoring job goes on beside it.
        env.setParallelism(1);
        try (CloseableIterator<TrainingEvent> told =
                TrainingJob.build(env, options, System.getProperty("user.name")).collectAsync()) {
            job = env.executeAsync(TrainingJob.NAME);
            while (!closed && told.hasNext()) {
                TrainingEvent event = told.next();
                if (event.kind() != TrainingEvent.Kind.PROGRESS) {
                    return event;
                }
                story.on(event);
            }
        }
        throw new CommandException("the training ended without a word; the log says why");
    }

    private void deploy(String id) throws ModelRefusedException, InterruptedException {
        ModelRegistry registry =
                Registries.open(
                        options.get(TrainingOptions.REGISTRY), System.getenv(), Clock.systemUTC());
        ModelVersion version = registry.resolve(VersionName.parse(id));
        DeploymentCall call = new DeploymentCall(options, line -> {});
        call.askAndWait(request(call, registry, version, DeploymentMode.NOW), "alone", DEPLOYMENT);
        if (bringsABadOne) {
            ModelVersion wrong = registry.register(mislabelled(registry, version));
            call.ask(request(call, registry, wrong, DeploymentMode.ROLLOUT), "by steps");
        }
    }

    /** The same with its classes noted in reverse, and every paper of the original. */
    private static Registration mislabelled(ModelRegistry registry, ModelVersion version)
            throws ModelRefusedException {
        return new Registration(
                Mislabelled.of(
                        registry.artifact(version), version.version().next(Bump.PATCH).toString()),
                null,
                MeasuredFiles.of(registry.files(version)),
                new Change("demo", "wrong on purpose: its classes are noted in reverse"));
    }

    private DeploymentRequest request(
            DeploymentCall call, ModelRegistry registry, ModelVersion version, DeploymentMode mode)
            throws ModelRefusedException {
        ModelArtifact artifact = registry.artifact(version);
        return DeploymentCall.request(
                artifact.contract().model(),
                mode,
                call.place(models, artifact, MeasuredFiles.of(registry.files(version))));
    }

    /** What it failed of, and not who has noticed. */
    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Calls it off where it still goes on. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        JobClient running = job;
        if (running != null) {
            running.cancel();
        }
        thread.interrupt();
        thread.join(CLOSE.toMillis());
    }
}
