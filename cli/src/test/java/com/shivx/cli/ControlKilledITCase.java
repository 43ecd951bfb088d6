package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.shivx.cli.kafka.KafkaAccess;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.cli.kafka.TopicCreation;
import com.shivx.control.StableId;
import com.shivx.control.flink.FlinkRest;
import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.jobs.LifecycleJob;
import com.shivx.jobs.TrainingJob;
import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.JobArguments;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.lifecycle.LifecycleCommand;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditAction;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.uri.Registries;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.LifecycleCommandJson;
import com.shivx.models.wire.LifecycleEventJson;
import com.shivx.models.wire.TrainingResultJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code shivx control} in a JVM of its own, killed again and again from a request of a training to
 * the end of the rollout that follows from it, with a real broker, cluster and registry.
 */
class ControlKilledITCase {

    private static final String MODEL = "direction";
    private static final String FIRST = "1.0.0";
    private static final String NEXT = "1.1.0";
    private static final String REQUEST = "retrain-1";
    private static final String JOB = StableId.of(REQUEST + "~1");

    private static final int VECTORS = 4_000;
    private static final long MINUTE_MICROS = 60_000_000;

    /** Years before the clock. */
    private static final long TAPE_MICROS = 1_398_902_400_000_000L;

    /** Shadow, 10 %, 50 %, watched. */
    private static final int STEPS = 4;

    @TempDir private Path folder;

    private final EmbeddedKafka kafka = EmbeddedKafka.start();
    private EmbeddedFlink flink;
    private FlinkRest rest;
    private ModelRegistry registry;
    private ShivxProcess control;
    private int starts;

    @BeforeEach
    void start() throws Exception {
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        flink =
                EmbeddedFlink.start(
                        EmbeddedFlink.configuration(root.resolve("flink-conf")), 1, null);
        rest = new FlinkRest(flink.webUi());
        registry =
                Registries.open(folder.resolve("registry").toString(), Map.of(), Clock.systemUTC());
        try (KafkaAdmin admin = new KafkaAdmin(options())) {
            new TopicCreation(options(), Optional.empty()).create(admin);
        }
        StreamExecutionEnvironment lifecycle = flink.environment();
        LifecycleJob.build(lifecycle, options());
        lifecycle.executeAsync(LifecycleJob.NAME);
    }

    @AfterEach
    void stop() {
        if (control != null) {
            control.close();
        }
        if (flink != null) {
            flink.close();
        }
        kafka.close();
    }

    @Test
    void aKilledOneIsSucceededInMidTrainingAndInEachStepOfARollout() throws Exception {
        assumeTrue(
                Files.isRegularFile(Installation.jobsJar()),
                "no " + Installation.jobsJar() + ": './mvnw package' makes it");
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        deployFirst();
        startControl();
        Until.holds("production is written", () -> FIRST.equals(named(Alias.PRODUCTION)));

        send(Topic.LIFECYCLE_COMMANDS, new LifecycleCommandJson(), retrain());
        Until.holds("the training is begun", () -> !results().isEmpty());
        control.kill();
        startControl();
        Until.holds("it trains", () -> isTraining());
        control.kill();
        assertThat(isTraining()).as("killed in mid-training").isTrue();
        startControl();
        awaitEvents(5);

        for (int step = 0; step < STEPS; step++) {
            int events = 6 + step;
            window(step, 0);
            window(step, 1);
            control.kill();
            window(step, 2);
            awaitEvents(events);
            startControl();
            serve();
            Until.holds("step " + step + " is audited", () -> decisions().size() == events);
            if (step == 2) {
                Until.holds("it is about to be in production", () -> deployed().size() == 2);
                control.kill();
                startControl();
            }
        }
        Until.holds("production is written", () -> NEXT.equals(named(Alias.PRODUCTION)));
        assertThat(control.get("/api/v1/models/%s/health".formatted(MODEL)))
                .contains("\"status\":\"OK\"", "\"%s\"".formatted(NEXT));
        control.kill();

        assertTrainedOnce();
        assertDecidedOnce();
        assertWrittenOnce();
    }

    private void assertTrainedOnce() throws Exception {
        assertThat(flink.client().listJobs().get())
                .filteredOn(job -> job.getJobName().equals(TrainingJob.NAME))
                .singleElement()
                .satisfies(job -> assertThat(job.getJobId()).hasToString(JOB));
        assertThat(results())
                .extracting(TrainingResult::kind)
                .containsExactly(TrainingResult.Kind.STARTED, TrainingResult.Kind.SUCCEEDED);
        assertThat(registry.model(MODEL).versions())
                .extracting(version -> version.version().toString())
                .containsExactly(FIRST, NEXT);
        assertThat(read(Topic.DEPLOYMENT_REQUESTS, new DeploymentRequestJson()))
                .extracting(DeploymentRequest::mode)
                .containsExactly(DeploymentMode.NOW, DeploymentMode.ROLLOUT);
    }

    private void assertDecidedOnce() {
        assertThat(events())
                .extracting(event -> event.kind().name())
                .containsExactlyInAnyOrder(
                        "DEPLOYED",
                        "RETRAIN_REQUESTED",
                        "RETRAIN_ENDED",
                        "DEPLOYED",
                        "ROLLOUT_STARTED",
                        "ROLLOUT_ADVANCED",
                        "ROLLOUT_ADVANCED",
                        "ROLLOUT_ADVANCED",
                        "ROLLOUT_ENDED");
        assertThat(events()).extracting(LifecycleEvent::eventId).isEqualTo(eventIds());
        assertThat(read(Topic.DEPLOYMENTS, new DeploymentJson()))
                .extracting(Deployment::generation)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    private void assertWrittenOnce() {
        assertThat(decisions())
                .extracting(AuditEntry::id)
                .containsExactlyInAnyOrderElementsOf(
                        eventIds().stream()
                                .map(event -> StableId.of(MODEL + "~" + event))
                                .toList());
        assertThat(deployed())
                .extracting(entry -> String.valueOf(entry.to()))
                .containsExactly(FIRST, NEXT);
        assertThat(named(Alias.PRODUCTION)).isEqualTo(NEXT);
        assertThat(named(Alias.PREVIOUS)).isEqualTo(FIRST);
        assertThat(named(Alias.DEV)).isEqualTo(NEXT);
        assertThat(registry.unaudited(MODEL)).isEmpty();
    }

    private static List<String> eventIds() {
        return IntStream.rangeClosed(1, 5 + STEPS).mapToObj(i -> MODEL + "~" + i).toList();
    }

    private void startControl() throws Exception {
        List<String> command = new ArrayList<>(List.of("control"));
        command.addAll(List.of("--target", "localhost:" + flink.webUi().getPort()));
        command.addAll(List.of("--port", "0"));
        new TreeMap<>(options().toMap())
                .forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
        control =
                ShivxProcess.start(
                        folder.resolve("control-" + starts++), command.toArray(String[]::new));
        control.awaitUp();
    }

    private Configuration options() {
        Map<String, String> values = new TreeMap<>();
        values.put("kafka.bootstrap-servers", kafka.bootstrapServers());
        values.put("models.allowed-uris", folder.resolve("models").toString());
        values.put("training.log", folder.resolve("log").toUri().toString());
        values.put("training.registry", folder.resolve("registry").toString());
        values.put("training.trainer", "linear");
        // So long that it is killed in the middle, and not after it.
        values.put("training.search", "30");
        values.put("validation.min-block", "5min");
        values.put("control.follow-interval", "200ms");
        values.put("rollout.shadow-time", "3min");
        values.put("rollout.share-time", "3min");
        values.put("rollout.watch-times", "3min");
        return JobArguments.checked(values);
    }

    private void deployFirst() throws Exception {
        ModelVersion version = registry.register(Candidates.of(MODEL, FIRST));
        ModelRef place =
                new ModelRef(
                        FIRST,
                        new ModelFolder(folder.resolve("models"))
                                .place(registry.artifact(version))
                                .uri()
                                .toString(),
                        registry.artifact(version).sha256());
        send(
                Topic.DEPLOYMENT_REQUESTS,
                new DeploymentRequestJson(),
                new DeploymentRequest(
                        "first", MODEL, DeploymentMode.NOW, place, 0, null, null, "a test"));
        awaitEvents(1);
        serve();
    }

    private static LifecycleCommand retrain() {
        return new LifecycleCommand(
                REQUEST, MODEL, LifecycleCommand.Kind.RETRAIN, null, null, null, null, "a test");
    }

    private boolean isTraining() {
        return rest.job(JOB)
                .filter(job -> job.state().equals("RUNNING") && job.hasStarted())
                .isPresent();
    }

    /** What the scoring job says of the latest deployment. */
    private void serve() throws Exception {
        List<Deployment> all = read(Topic.DEPLOYMENTS, new DeploymentJson());
        Deployment deployment = all.get(all.size() - 1);
        send(
                Topic.DEPLOYMENT_EVENTS,
                new DeploymentEventJson(),
                new DeploymentEvent(
                        MODEL,
                        deployment.generation(),
                        DeploymentEvent.Kind.SERVING,
                        deployment.champion().version(),
                        Role.CHAMPION,
                        null,
                        0,
                        1));
    }

    /** One of the three of a step, with the votes of the pair that it has then. */
    private void window(int step, int window) throws Exception {
        long start = TAPE_MICROS + (3 * step + window) * MINUTE_MICROS;
        boolean isWatched = step == STEPS - 1;
        String champion = isWatched ? NEXT : FIRST;
        String challenger = isWatched ? FIRST : NEXT;
        Role role = step == 0 || isWatched ? Role.SHADOW : Role.CANARY;
        row(start, champion, Role.CHAMPION, List.of());
        row(
                start,
                challenger,
                role,
                List.of(new VoteCount(champion, isWatched ? 1 : 9, isWatched ? 9 : 1, 0)));
    }

    private void row(long start, String version, Role role, List<VoteCount> votes)
            throws Exception {
        AccuracyCounts counts = new AccuracyCounts();
        for (int i = 0; i < 60; i++) {
            counts.add(0, 0, 3, true);
        }
        send(
                Topic.ACCURACY,
                new AccuracyRowJson(),
                new AccuracyRow(
                        new AccuracyKey(MODEL, version, role, MINUTE_MICROS),
                        start,
                        start + MINUTE_MICROS,
                        counts,
                        votes));
    }

    private void awaitEvents(int count) throws Exception {
        Until.holds(count + " decisions", () -> events().size() >= count);
    }

    private List<LifecycleEvent> events() {
        return read(Topic.LIFECYCLE_EVENTS, new LifecycleEventJson());
    }

    private List<TrainingResult> results() {
        return read(Topic.TRAINING_RESULTS, new TrainingResultJson());
    }

    private List<AuditEntry> decisions() {
        return audited(AuditAction.DECIDED);
    }

    private List<AuditEntry> deployed() {
        return audited(AuditAction.DEPLOYED);
    }

    private List<AuditEntry> audited(AuditAction action) {
        return registry.audit(MODEL).entries().stream()
                .filter(entry -> entry.action() == action)
                .toList();
    }

    private String named(Alias alias) {
        SemanticVersion version = registry.model(MODEL).aliases().get(alias);
        return String.valueOf(version);
    }

    private <T> List<T> read(Topic topic, ControlJson<T> json) {
        return ControlTopic.read(options(), topic, json);
    }

    private <T> void send(Topic topic, ControlJson<T> json, T record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        KafkaAccess.clientProperties(options()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    topic.name(options()), json.key(record), json.write(record)))
                    .get();
        }
    }
}
