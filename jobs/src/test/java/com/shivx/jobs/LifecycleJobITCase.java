package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.LifecycleOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.LifecycleRun;
import com.shivx.jobs.testing.Uids;
import com.shivx.jobs.testing.Until;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.lifecycle.LifecycleCommand;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.LifecycleCommandJson;
import com.shivx.models.wire.RetrainRequestJson;
import com.shivx.models.wire.TrainingResultJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.SinkTransformation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole job on a real broker and a real cluster, as the shipped configuration has it. */
class LifecycleJobITCase {

    private static final LifecycleCommand RETRAIN =
            new LifecycleCommand(
                    "retrain-1",
                    "direction",
                    LifecycleCommand.Kind.RETRAIN,
                    null,
                    null,
                    null,
                    null,
                    "a test");

    private static final TrainingResult TRAINED =
            new TrainingResult(
                    "retrain-1",
                    "direction",
                    TrainingResult.Kind.REFUSED,
                    1,
                    null,
                    "it is no better");

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;
    private static int taskManager;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        probe = new KafkaProbe(kafka.bootstrapServers());
        flink = Cluster.shippedHighlyAvailable();
    }

    @AfterAll
    static void stop() {
        flink.close();
        probe.close();
        kafka.close();
    }

    @Test
    void decidesEveryRequestOnceAlthoughTheTaskManagerDies() throws Exception {
        LifecycleRun run = run("killed");
        JobClient job = submit(run, new Configuration());
        int each = 40;

        run.ask("d", "direction", 0, each / 2);
        run.ask("v", "volatility", 0, each / 2);
        Until.holds("a committed decision", () -> !run.events().isEmpty());
        run.ask("d", "direction", each / 2, each);
        run.send("no request".getBytes(StandardCharsets.UTF_8));
        killTaskManager();
        run.ask("v", "volatility", each / 2, each);
        // Once more what was asked before.
        run.ask("v", "volatility", each - 1, each);
        Until.holds("every request answered", () -> run.events().size() >= 2 * each + 1);
        Until.holds("the dead letter", () -> !run.deadLetters().isEmpty());
        assertThat(Cluster.restarted(flink, job)).isTrue();
        job.cancel().get();

        assertThat(run.generations("direction"))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, each).boxed().toList());
        assertThat(run.generations("volatility"))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, each).boxed().toList());
        assertThat(run.events())
                .hasSize(2 * each + 1)
                .filteredOn(event -> event.kind() != LifecycleEvent.Kind.DEPLOYED)
                .singleElement()
                .returns(LifecycleEvent.Kind.REPEATED, LifecycleEvent::kind)
                .returns("v" + (each - 1), LifecycleEvent::requestId);
        assertThat(run.deadLetters())
                .singleElement()
                .satisfies(
                        letter -> {
                            assertThat(letter.value()).asString().isEqualTo("no request");
                            assertThat(header(letter, "shivx.error.reason")).isEqualTo("NOT_JSON");
                            assertThat(header(letter, "shivx.error.job")).isEqualTo("lifecycle");
                            assertThat(header(letter, "shivx.error.topic"))
                                    .isEqualTo("killed-deployment-requests");
                        });
    }

    /** In each step, and while a training runs. */
    @Test
    void aRolloutGoesOnWhereItWasAlthoughJobManagerAndTaskManagerDie() throws Exception {
        LifecycleRun run = run("rollout");
        run.options().set(LifecycleOptions.SHADOW_TIME, Duration.ofMinutes(3));
        run.options().set(LifecycleOptions.SHARE_TIME, Duration.ofMinutes(3));
        run.options().set(LifecycleOptions.WATCH_TIMES, List.of(Duration.ofMinutes(3)));
        JobClient job = submit(run, new Configuration());
        run.ask("d", "direction", 0, 1);
        Until.holds("a champion", () -> run.events().size() == 1);
        run.send(LifecycleRun.request("r", "direction", DeploymentMode.ROLLOUT, 0, 1L));
        run.send(Topic.LIFECYCLE_COMMANDS, new LifecycleCommandJson(), RETRAIN);
        Until.holds("the rollout and the training", () -> run.events().size() == 4);

        for (int step = 0; step < 4; step++) {
            run.window(step, 0);
            flink.killJobManager(job.getJobID());
            run.window(step, 1);
            Until.holds("it runs again", () -> Cluster.checkpointed(flink, job));
            assertThat(Cluster.restored(flink, job)).isTrue();
            assertThat(Cluster.restarted(flink, job)).isFalse();
            killTaskManager();
            run.window(step, 2);
            int decided = 5 + step;
            Until.holds("step " + step, () -> run.events().size() >= decided);
            assertThat(Cluster.restarted(flink, job)).isTrue();
        }
        run.send(Topic.TRAINING_RESULTS, new TrainingResultJson(), TRAINED);
        Until.holds("the training's end", () -> run.events().size() >= 9);
        job.cancel().get();

        assertThat(run.events())
                .extracting(event -> event.kind().name())
                .containsExactlyInAnyOrder(
                        "DEPLOYED",
                        "DEPLOYED",
                        "ROLLOUT_STARTED",
                        "RETRAIN_REQUESTED",
                        "ROLLOUT_ADVANCED",
                        "ROLLOUT_ADVANCED",
                        "ROLLOUT_ADVANCED",
                        "ROLLOUT_ENDED",
                        "RETRAIN_ENDED");
        assertThat(run.events())
                .extracting(LifecycleEvent::eventId)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 9).mapToObj(i -> "direction~" + i).toList());
        assertThat(run.generations("direction")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(CurrentDeployments.read(run.options()).get("direction"))
                .returns(LifecycleRun.ref("2.0.0", 2), Deployment::champion)
                .returns(List.of(), Deployment::shadows);
        assertThat(run.read(Topic.RETRAIN_REQUESTS, new RetrainRequestJson()))
                .singleElement()
                .returns("retrain-1", RetrainRequest::requestId);
    }

    @Test
    void goesOnFromASavepointAsIfNeverStopped() throws Exception {
        LifecycleRun run = run("stopped");
        JobClient first = submit(run, new Configuration());
        run.ask("a", "direction", 0, 2);
        Until.holds("the first decisions", () -> run.events().size() >= 2);
        String savepoint =
                first.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL).get();

        run.ask("a", "direction", 1, 3);
        Configuration restore = new Configuration();
        restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        JobClient second = submit(run, restore);
        Until.holds("the other decisions", () -> run.events().size() >= 4);
        second.cancel().get();

        assertThat(run.events())
                .extracting(event -> event.requestId() + " " + event.kind())
                .containsExactly("a0 DEPLOYED", "a1 DEPLOYED", "a1 REPEATED", "a2 DEPLOYED");
        assertThat(run.generations("direction")).containsExactly(1L, 2L, 3L);
    }

    /** The earlier job and its state are gone; what it has published is not. */
    @Test
    void countsOnFromWhatIsPublishedWhereItHasNoState() throws Exception {
        LifecycleRun run = run("anew");
        Deployment published =
                new Deployment(
                        "direction",
                        7,
                        DeploymentMode.NOW,
                        LifecycleRun.ref("1.0.0", 1),
                        null,
                        0,
                        List.of(),
                        "spot:*",
                        RoutingUnit.SYMBOL,
                        1,
                        "",
                        "earlier");
        DeploymentJson json = new DeploymentJson();
        probe.send(run.topic(Topic.DEPLOYMENTS), json.key(published), json.write(published));
        probe.flush();
        JobClient job = submit(run, new Configuration());
        run.send(LifecycleRun.request("stale", "direction", DeploymentMode.NOW, 0, 0L));
        run.send(LifecycleRun.request("canary", "direction", DeploymentMode.CANARY, 0.1, 7L));
        Until.holds("both answered", () -> run.events().size() >= 2);
        job.cancel().get();

        assertThat(run.events())
                .extracting(event -> event.requestId() + " " + event.kind())
                .containsExactly("stale REFUSED", "canary DEPLOYED");
        assertThat(CurrentDeployments.read(run.options()).get("direction"))
                .returns(8L, Deployment::generation)
                .returns("spot:*", Deployment::symbols)
                .returns(LifecycleRun.ref("1.0.0", 1), Deployment::champion);
    }

    /** The scoring job serves it from its start, as generation 0, and nobody has published it. */
    @Test
    void standsACanaryBesideWhatTheScoringJobIsStartedWith() throws Exception {
        LifecycleRun run = run("initial");
        JobClient job = submit(run, new Configuration());
        run.send(LifecycleRun.request("a", "baseline-momentum", DeploymentMode.CANARY, 0.1, 0L));
        Until.holds("the answer", () -> !run.events().isEmpty());
        job.cancel().get();

        assertThat(CurrentDeployments.read(run.options()).get("baseline-momentum"))
                .returns(1L, Deployment::generation)
                .returns(LifecycleRun.ref("2.0.0", 2), Deployment::canary)
                .extracting(Deployment::champion)
                .isEqualTo(
                        new ModelRef(
                                "0.1.0",
                                ScoringOptions.BASELINE,
                                BaselineMomentum.artifact().sha256()));
    }

    @Test
    void acceptsNothingWhereNoFolderIsAllowed() throws Exception {
        LifecycleRun run = run("closed");
        run.options().removeConfig(ScoringOptions.ALLOWED_URIS);
        JobClient job = submit(run, new Configuration());
        run.ask("a", "direction", 0, 1);
        Until.holds("the answer", () -> !run.events().isEmpty());
        job.cancel().get();

        assertThat(run.events())
                .singleElement()
                .returns(LifecycleEvent.Kind.REFUSED, LifecycleEvent::kind)
                .extracting(LifecycleEvent::reason)
                .asString()
                .contains("no folder is allowed")
                .contains("models.allowed-uris");
        assertThat(probe.committed(run.topic(Topic.DEPLOYMENTS))).isEmpty();
    }

    /** A uid is for ever; and a sink's makes transactional ids, which no two jobs may share. */
    @Test
    void pinsItsUidsAndSharesNoSinkWithTheScoringJob() throws Exception {
        LifecycleRun run = run("uids");
        StreamExecutionEnvironment lifecycle = new StreamExecutionEnvironment();
        LifecycleJob.build(lifecycle, run.options());
        assertThat(Uids.of(lifecycle, Transformation.class))
                .containsExactlyInAnyOrder(
                        "deployment-requests-source",
                        "deployment-requests-read",
                        "deployment-requests-to-decide",
                        "lifecycle-commands-source",
                        "lifecycle-commands-read",
                        "lifecycle-commands-to-decide",
                        "alarms-source",
                        "alarms-read",
                        "alarms-to-decide",
                        "accuracy-source",
                        "accuracy-read",
                        "accuracy-to-decide",
                        "training-results-source",
                        "training-results-read",
                        "training-results-to-decide",
                        "deployment-events-source",
                        "deployment-events-read",
                        "deployment-events-to-decide",
                        "lifecycle",
                        "deployments-sink",
                        "lifecycle-events-sink",
                        "retrain-requests-sink",
                        "lifecycle-dead-letters-sink");
        StreamExecutionEnvironment scoring = new StreamExecutionEnvironment();
        Configuration options = new Configuration(run.options());
        options.removeConfig(ScoringOptions.ALLOWED_URIS);
        ScoringJob.build(scoring, options);
        assertThat(Uids.of(scoring, SinkTransformation.class))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(Uids.of(lifecycle, SinkTransformation.class));
    }

    private static LifecycleRun run(String name) throws Exception {
        return new LifecycleRun(probe, kafka.bootstrapServers(), name);
    }

    private static JobClient submit(LifecycleRun run, Configuration flinks) throws Exception {
        return run.submit(flink.environment(flinks));
    }

    private static void killTaskManager() throws Exception {
        flink.killTaskManager(taskManager);
        taskManager = flink.startTaskManager();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
