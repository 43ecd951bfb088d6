package com.shivx.jobs;

import static com.shivx.models.testing.DirectionModels.MODEL;
import static com.shivx.models.testing.DirectionModels.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.TickFeed;
import com.shivx.jobs.testing.Until;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Alarm;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.testing.DirectionModels;
import com.shivx.models.wire.AlarmJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.LifecycleEventJson;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What scoring counts of a candidate sends it back: the scoring and the lifecycle job as they are
 * shipped, on a real broker, with nobody beside them.
 */
class GuardrailsITCase {

    private static final int SUBTASKS = 2;
    private static final int SYMBOLS = 4;

    /** After so many ticks of each symbol its vectors are ready. */
    private static final int WARM = 700;

    private static final int TICKS_AT_A_TIME = 10 * SYMBOLS;

    /** A second's return is seldom nearer to 0 on the tape: some of a hundred rows have one. */
    private static final float NEAR_ZERO = 1e-5f;

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;

    @TempDir private Path folder;
    @TempDir private Path store;

    private Scoring run;
    private TickFeed feed;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        probe = new KafkaProbe(kafka.bootstrapServers());
        flink = Cluster.shipped();
    }

    @AfterAll
    static void stop() {
        flink.close();
        probe.close();
        kafka.close();
    }

    @Test
    void sendBackACandidateThatAnswersNotANumber() throws Exception {
        run = new Scoring(probe, kafka.bootstrapServers(), "guardrails");
        feed = new TickFeed(run, Tape.of(SYMBOLS, 40_000, 5));
        Configuration options = run.options();
        options.set(ScoringOptions.ALLOWED_URIS, List.of(folder.toString()));
        options.set(ScoringOptions.STORE, store.toUri().toString());
        options.setString("execution.checkpointing.interval", "200 ms");
        options.setString("execution.checkpointing.min-pause", "0 ms");
        JobClient lifecycle = submit(1, LifecycleJob.NAME, env -> LifecycleJob.build(env, options));
        ModelRef sound = write(folder, "1.0.0", DirectionModels.constant("1.0.0", 0.25f));
        ask("first", DeploymentMode.NOW, sound);
        Until.holds("a decision", () -> !events().isEmpty());
        JobClient scoring =
                submit(SUBTASKS, ScoringJob.NAME, env -> ScoringJob.build(env, options));
        feed.send(SYMBOLS * WARM);
        flowUntil("predictions", () -> probe.count(run.topic(Topic.PREDICTIONS)) > 0);

        ask(
                "second",
                DeploymentMode.ROLLOUT,
                write(
                        folder,
                        "2.0.0",
                        DirectionModels.notANumberNearZero("2.0.0", 0.75f, NEAR_ZERO)));
        flowUntil("the candidate to go back", () -> rolledBack() != null);
        flowUntil("its alarm to be cleared", () -> alarms().stream().anyMatch(a -> !a.raised()));
        flowUntil("the one before to serve alone", () -> serving(3) >= SUBTASKS);
        assertThat(Cluster.restarted(flink, scoring)).isFalse();
        scoring.cancel().get();
        lifecycle.cancel().get();

        List<Tick> sent = feed.sent();
        assertThat(rolledBack())
                .returns("2.0.0", LifecycleEvent::version)
                .extracting(LifecycleEvent::reason)
                .asString()
                .startsWith("alarm INVALID_OUTPUT: ")
                .endsWith("answers are none: not finite, or no probabilities; 0.1 % is the most");
        assertThat(alarms())
                .extracting(
                        alarm ->
                                "%s %s %s of generation %d"
                                        .formatted(
                                                alarm.alarmId(),
                                                alarm.modelVersion(),
                                                alarm.raised(),
                                                alarm.generation()))
                .containsExactly(
                        "INVALID_OUTPUT~direction~2.0.0 2.0.0 true of generation 2",
                        "INVALID_OUTPUT~direction~2.0.0 2.0.0 false of generation 3");
        assertThat(alarms().get(0).evidence().get("share")).isGreaterThan(0.001);
        assertThat(alarms().get(0).sinceMicros())
                .isBetween(
                        sent.get(0).eventTimeMicros(), sent.get(sent.size() - 1).eventTimeMicros());
        assertThat(CurrentDeployments.read(options).get(MODEL))
                .returns(3L, Deployment::generation)
                .returns(sound, Deployment::champion)
                .returns(List.of(), Deployment::shadows);
        assertThat(run.published(MODEL))
                .filteredOn(Prediction::served)
                .as("whoever acts on predictions has seen nothing of it")
                .isNotEmpty()
                .allMatch(prediction -> prediction.modelVersion().equals("1.0.0"))
                .allMatch(prediction -> prediction.status() == PredictionStatus.OK);
    }

    /** Builds a job. */
    private interface Job {
        void build(StreamExecutionEnvironment env) throws Exception;
    }

    private static JobClient submit(int parallelism, String name, Job job) throws Exception {
        StreamExecutionEnvironment env = flink.environment();
        env.setParallelism(parallelism);
        job.build(env);
        return env.executeAsync(name);
    }

    private void ask(String id, DeploymentMode mode, ModelRef version) {
        DeploymentRequest request =
                new DeploymentRequest(id, MODEL, mode, version, 0, null, null, "a test");
        run.send(Topic.DEPLOYMENT_REQUESTS, new DeploymentRequestJson(), request);
    }

    private void flowUntil(String what, Callable<Boolean> condition) throws Exception {
        feed.flowUntil(what, TICKS_AT_A_TIME, condition);
    }

    private @Nullable LifecycleEvent rolledBack() throws Exception {
        return events().stream()
                .filter(event -> event.kind() == LifecycleEvent.Kind.ROLLOUT_ROLLED_BACK)
                .findFirst()
                .orElse(null);
    }

    private List<LifecycleEvent> events() throws Exception {
        return run.read(Topic.LIFECYCLE_EVENTS, new LifecycleEventJson());
    }

    /** Those about answers; a slow machine may be late besides. */
    private List<Alarm> alarms() throws Exception {
        return run.read(Topic.ALARMS, new AlarmJson()).stream()
                .filter(alarm -> alarm.kind() == Alarm.Kind.INVALID_OUTPUT)
                .toList();
    }

    private long serving(long generation) throws Exception {
        return run.read(Topic.DEPLOYMENT_EVENTS, new DeploymentEventJson()).stream()
                .filter(event -> event.kind() == DeploymentEvent.Kind.SERVING)
                .filter(event -> event.model().equals(MODEL) && event.generation() == generation)
                .count();
    }
}
