package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.DeploymentOptions;
import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.options.LifecycleOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.Until;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Role;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.lifecycle.LifecycleCommand;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.LifecycleCommandJson;
import com.shivx.models.wire.LifecycleEventJson;
import com.shivx.models.wire.RetrainRequestJson;
import com.shivx.models.wire.TrainingResultJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole job on a real broker and a real cluster, as the shipped configuration has it. */
class LifecycleJobITCase {

    private static final long MINUTE_MICROS = 60_000_000;

    /** Years before the clock. */
    private static final long TAPE_MICROS = 1_398_902_400_000_000L;

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
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        flink =
                EmbeddedFlink.startHighlyAvailable(
                        EmbeddedFlink.configuration(root.resolve("flink-conf")), 1, null);
    }

    @AfterAll
    static void stop() {
        flink.close();
        probe.close();
        kafka.close();
    }

    @Test
    void decidesEveryRequestOnceAlthoughTheTaskManagerDies() throws Exception {
        Run run = new Run("killed");
        JobClient job = run.submit(new Configuration());
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
        Run run = new Run("rollout");
        run.options.set(LifecycleOptions.SHADOW_TIME, Duration.ofMinutes(3));
        run.options.set(LifecycleOptions.SHARE_TIME, Duration.ofMinutes(3));
        run.options.set(LifecycleOptions.WATCH_TIMES, List.of(Duration.ofMinutes(3)));
        JobClient job = run.submit(new Configuration());
        run.ask("d", "direction", 0, 1);
        Until.holds("a champion", () -> run.events().size() == 1);
        run.send(request("r", "direction", DeploymentMode.ROLLOUT, 0, 1L));
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
        assertThat(CurrentDeployments.read(run.options).get("direction"))
                .returns(ref("2.0.0", 2), Deployment::champion)
                .returns(List.of(), Deployment::shadows);
        assertThat(run.read(Topic.RETRAIN_REQUESTS, new RetrainRequestJson()))
                .singleElement()
                .returns("retrain-1", RetrainRequest::requestId);
    }

    @Test
    void goesOnFromASavepointAsIfNeverStopped() throws Exception {
        Run run = new Run("stopped");
        JobClient first = run.submit(new Configuration());
        run.ask("a", "direction", 0, 2);
        Until.holds("the first decisions", () -> run.events().size() >= 2);
        String savepoint =
                first.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL).get();

        run.ask("a", "direction", 1, 3);
        Configuration restore = new Configuration();
        restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        JobClient second = run.submit(restore);
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
        Run run = new Run("anew");
        Deployment published =
                new Deployment(
                        "direction",
                        7,
                        DeploymentMode.NOW,
                        ref("1.0.0", 1),
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
        JobClient job = run.submit(new Configuration());
        run.send(request("stale", "direction", DeploymentMode.NOW, 0, 0L));
        run.send(request("canary", "direction", DeploymentMode.CANARY, 0.1, 7L));
        Until.holds("both answered", () -> run.events().size() >= 2);
        job.cancel().get();

        assertThat(run.events())
                .extracting(event -> event.requestId() + " " + event.kind())
                .containsExactly("stale REFUSED", "canary DEPLOYED");
        assertThat(CurrentDeployments.read(run.options).get("direction"))
                .returns(8L, Deployment::generation)
                .returns("spot:*", Deployment::symbols)
                .returns(ref("1.0.0", 1), Deployment::champion);
    }

    /** The scoring job serves it from its start, as generation 0, and nobody has published it. */
    @Test
    void standsACanaryBesideWhatTheScoringJobIsStartedWith() throws Exception {
        Run run = new Run("initial");
        JobClient job = run.submit(new Configuration());
        run.send(request("a", "baseline-momentum", DeploymentMode.CANARY, 0.1, 0L));
        Until.holds("the answer", () -> !run.events().isEmpty());
        job.cancel().get();

        assertThat(CurrentDeployments.read(run.options).get("baseline-momentum"))
                .returns(1L, Deployment::generation)
                .returns(ref("2.0.0", 2), Deployment::canary)
                .extracting(Deployment::champion)
                .isEqualTo(
                        new ModelRef(
                                "0.1.0",
                                ScoringOptions.BASELINE,
                                BaselineMomentum.artifact().sha256()));
    }

    @Test
    void acceptsNothingWhereNoFolderIsAllowed() throws Exception {
        Run run = new Run("closed");
        run.options.removeConfig(ScoringOptions.ALLOWED_URIS);
        JobClient job = run.submit(new Configuration());
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
        Run run = new Run("uids");
        StreamExecutionEnvironment lifecycle = new StreamExecutionEnvironment();
        LifecycleJob.build(lifecycle, run.options);
        assertThat(uids(lifecycle, Transformation.class))
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
        Configuration options = new Configuration(run.options);
        options.removeConfig(ScoringOptions.ALLOWED_URIS);
        ScoringJob.build(scoring, options);
        assertThat(uids(scoring, SinkTransformation.class))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(uids(lifecycle, SinkTransformation.class));
    }

    private static void killTaskManager() throws Exception {
        flink.killTaskManager(taskManager);
        taskManager = flink.startTaskManager();
    }

    private static List<String> uids(StreamExecutionEnvironment env, Class<?> kind) {
        return env.getTransformations().stream()
                .flatMap(
                        transformation ->
                                transformation.getTransitivePredecessors().stream()
                                        .map(found -> (Transformation<?>) found))
                .filter(kind::isInstance)
                .map(Transformation::getUid)
                .filter(uid -> uid != null)
                .distinct()
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static DeploymentRequest request(
            String id,
            String model,
            DeploymentMode mode,
            double share,
            @Nullable Long expectedGeneration) {
        return new DeploymentRequest(
                id, model, mode, ref("2.0.0", 2), share, null, expectedGeneration, "a test");
    }

    private static ModelRef ref(String version, int digit) {
        return new ModelRef(version, "file:///models/m.onnx", String.valueOf(digit).repeat(64));
    }

    /** A job with topics of its own. */
    private static final class Run {

        private final Configuration options;

        Run(String name) throws Exception {
            options =
                    JobArguments.checked(
                            Map.of(
                                    KafkaOptions.BOOTSTRAP_SERVERS.key(),
                                    kafka.bootstrapServers(),
                                    KafkaOptions.TOPIC_PREFIX.key(),
                                    name + "-",
                                    DeploymentOptions.NAME.key(),
                                    name,
                                    ScoringOptions.ALLOWED_URIS.key(),
                                    "s3://bucket/models;/models"));
            probe.createTopics(options, 4);
        }

        String topic(Topic topic) {
            return topic.name(options);
        }

        JobClient submit(Configuration flinks) throws Exception {
            StreamExecutionEnvironment env = flink.environment(flinks);
            LifecycleJob.build(env, options);
            return env.executeAsync(LifecycleJob.NAME);
        }

        /**
         * One request after another, each for a version of its own and with the id of its number.
         */
        void ask(String prefix, String model, int from, int to) {
            for (int i = from; i < to; i++) {
                send(
                        new DeploymentRequest(
                                prefix + i,
                                model,
                                DeploymentMode.NOW,
                                ref("1.0." + i, i % 10),
                                0,
                                null,
                                null,
                                "a test"));
            }
        }

        void send(DeploymentRequest request) {
            DeploymentRequestJson json = new DeploymentRequestJson();
            probe.send(topic(Topic.DEPLOYMENT_REQUESTS), json.key(request), json.write(request));
            probe.flush();
        }

        <T> void send(Topic topic, ControlJson<T> json, T record) {
            probe.send(topic(topic), json.key(record), json.write(record));
            probe.flush();
        }

        /** One of the three of a step, with the votes of the pair that it has then. */
        void window(int step, int window) {
            long start = TAPE_MICROS + (3 * step + window) * MINUTE_MICROS;
            boolean isWatched = step == 3;
            String champion = isWatched ? "2.0.0" : "1.0.0";
            String challenger = isWatched ? "1.0.0" : "2.0.0";
            Role role = step == 0 || isWatched ? Role.SHADOW : Role.CANARY;
            VoteCount votes = new VoteCount(champion, isWatched ? 1 : 9, isWatched ? 9 : 1, 0);
            row(start, champion, Role.CHAMPION, List.of());
            row(start, challenger, role, List.of(votes));
        }

        private void row(long start, String version, Role role, List<VoteCount> votes) {
            AccuracyCounts counts = new AccuracyCounts();
            for (int i = 0; i < 60; i++) {
                counts.add(0, 0, 3, true);
            }
            send(
                    Topic.ACCURACY,
                    new AccuracyRowJson(),
                    new AccuracyRow(
                            new AccuracyKey("direction", version, role, MINUTE_MICROS),
                            start,
                            start + MINUTE_MICROS,
                            counts,
                            votes));
        }

        void send(byte[] value) {
            probe.send(topic(Topic.DEPLOYMENT_REQUESTS), null, value);
            probe.flush();
        }

        List<LifecycleEvent> events() throws Exception {
            return read(Topic.LIFECYCLE_EVENTS, new LifecycleEventJson());
        }

        List<Long> generations(String model) throws Exception {
            return read(Topic.DEPLOYMENTS, new DeploymentJson()).stream()
                    .filter(deployment -> deployment.model().equals(model))
                    .map(Deployment::generation)
                    .toList();
        }

        List<ConsumerRecord<byte[], byte[]>> deadLetters() {
            return probe.committed(topic(Topic.DEAD_LETTERS));
        }

        private <T> List<T> read(Topic topic, ControlJson<T> json) throws Exception {
            List<T> found = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : probe.committed(topic(topic))) {
                T read = json.read(record.value());
                assertThat(record.key()).isEqualTo(json.key(read));
                found.add(read);
            }
            return found;
        }
    }
}
