package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.shivx.cli.control.ControlSettings;
import com.shivx.cli.flink.EmbeddedSubmission;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.cli.kafka.TopicCreation;
import com.shivx.control.StableId;
import com.shivx.control.flink.FlinkRest;
import com.shivx.control.flink.FlinkTrainings;
import com.shivx.control.flink.JarSubmission;
import com.shivx.control.plane.ControlPlane;
import com.shivx.jobs.TrainingJob;
import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.JobArguments;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.lifecycle.TrainingResult.Kind;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.VersionName;
import com.shivx.models.registry.uri.Registries;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.RetrainRequestJson;
import com.shivx.models.wire.TrainingResultJson;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requested trainings on a real cluster, with a real broker and a real registry. */
class ControlITCase {

    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final int VECTORS = 4_000;

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;

    @TempDir private Path folder;

    private String prefix;
    private ModelRegistry registry;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        flink = cluster();
    }

    private static EmbeddedFlink cluster() {
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        return EmbeddedFlink.start(
                EmbeddedFlink.configuration(root.resolve("flink-conf")), 1, null);
    }

    @AfterAll
    static void stop() {
        flink.close();
        kafka.close();
    }

    @BeforeEach
    void createTopics() {
        prefix = "test" + TESTS.incrementAndGet() + "-";
        try (KafkaAdmin admin = new KafkaAdmin(options(Map.of()))) {
            new TopicCreation(options(Map.of()), Optional.empty()).create(admin);
        }
        registry =
                Registries.open(folder.resolve("registry").toString(), Map.of(), Clock.systemUTC());
    }

    @Test
    void trainsAndAsksForTheRolloutOfWhatIsBetterAloneAndOnce() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        ModelVersion weak = registry.register(Candidates.of("direction", "1.0.0"));
        deploy(weak, 7);
        request("r1");
        try (ControlPlane plane = control(Map.of())) {
            Until.holds("r1 has ended", () -> isOver("r1"));
            TrainingResult end = last("r1");
            assertThat(end.kind()).as(end.reason()).isEqualTo(Kind.SUCCEEDED);
            assertThat(end.version()).isEqualTo("1.1.0");
            DeploymentRequest asked = deploymentRequests().get(0);
            assertThat(asked.mode()).isEqualTo(DeploymentMode.ROLLOUT);
            assertThat(asked.expectedGeneration()).isEqualTo(7);
            ModelVersion better = version("1.1.0");
            assertThat(asked.version().sha256()).isEqualTo(registry.artifact(better).sha256());
            assertThat(Path.of(URI.create(asked.version().uri()))).isRegularFile();
            assertThat(better.comment()).startsWith("request %sr1: trained: ".formatted(prefix));

            // Against itself nothing is better.
            deploy(better, 8);
            request("r2");
            Until.holds("r2 has ended", () -> isOver("r2"));
            assertThat(last("r2").kind()).as(last("r2").reason()).isEqualTo(Kind.REFUSED);
            assertThat(last("r2").version()).isEqualTo("1.2.0");
            assertThat(deploymentRequests()).hasSize(1);
            assertThat(plane.health().reason()).isNull();
        }
    }

    @Test
    void aControlServiceThatIsReplacedInMidTrainingTrainsNothingTwice() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        request("r1");
        FlinkRest rest = new FlinkRest(flink.webUi());
        String job = StableId.of(prefix + "r1~1");
        Map<String, String> slow = Map.of("training.search", "4");
        try (ControlPlane first = control(slow)) {
            Until.holds("it trains", () -> rest.job(job).isPresent());
            try (ControlPlane second = control(slow)) {
                Until.holds("r1 has ended", () -> isOver("r1"));
                assertThat(last("r1").kind()).as(last("r1").reason()).isEqualTo(Kind.SUCCEEDED);
                assertThat(last("r1").attempt()).isEqualTo(1);
                assertThat(second.health().reason()).isNull();
            }
            assertThat(first.uri()).isNotNull();
        }
        assertThat(rest.job(StableId.of(prefix + "r1~2"))).isEmpty();
        assertThat(registry.model("direction").versions()).hasSize(1);
        assertThat(deploymentRequests())
                .extracting(DeploymentRequest::mode)
                .containsExactly(DeploymentMode.NOW);
    }

    @Test
    void whatWasRegisteredBeforeItsJobWasLostIsComparedAndNotTrainedAgain() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        deploy(registry.register(Candidates.of("direction", "1.0.0")), 1);
        request("r1");
        try (ControlPlane plane = control(Map.of())) {
            Until.holds("r1 has ended", () -> isOver("r1"));
            assertThat(plane.health().reason()).isNull();
        }
        String request = prefix + "r1";
        createTopics();
        deploy(version("1.0.0"), 1);
        send(
                Topic.TRAINING_RESULTS,
                new TrainingResultJson(),
                new TrainingResult(request, "direction", Kind.RETRYING, 1, null, "lost"));
        send(
                Topic.RETRAIN_REQUESTS,
                new RetrainRequestJson(),
                new RetrainRequest(
                        request, "direction", RetrainRequest.Cause.ALARM, "drift", null, "test"));
        try (ControlPlane plane = control(Map.of())) {
            Until.holds("it has ended again", () -> deploymentRequests().size() == 1);
            assertThat(plane.health().reason()).isNull();
        }
        assertThat(deploymentRequests().get(0).version().version()).isEqualTo("1.1.0");
        assertThat(registry.model("direction").versions()).hasSize(2);
    }

    @Test
    void failuresAreToldTriedAgainAndLeaveTheNextOnePossible() throws Exception {
        Path log = folder.resolve("log");
        deploy(registry.register(Candidates.of("direction", "1.0.0")), 1);
        try (ControlPlane plane = control(Map.of("control.training.max-attempts", "2"))) {
            request("none");
            Until.holds("there is no log", () -> isOver("none"));
            assertThat(kinds("none"))
                    .containsExactly(Kind.STARTED, Kind.RETRYING, Kind.STARTED, Kind.FAILED);
            assertThat(last("none").reason()).contains("there is no such folder");

            TestLog.write(log, 400, TestLog.ONE_CLASS);
            request("one");
            Until.holds("there is one class", () -> isOver("one"));
            assertThat(kinds("one"))
                    .containsExactly(Kind.STARTED, Kind.RETRYING, Kind.STARTED, Kind.FAILED);
            assertThat(last("one").reason()).contains("class DOWN never happens");

            TestLog.write(log, VECTORS, TestLog.LEARNABLE);
            request("good");
            Until.holds("the next is possible", () -> isOver("good"));
            assertThat(last("good").kind()).as(last("good").reason()).isEqualTo(Kind.SUCCEEDED);
            assertThat(plane.health().reason()).isNull();
        }
    }

    @Test
    void aRegistryThatIsDownIsToldBeforeAnythingIsTrained() throws Exception {
        TestLog.write(folder.resolve("log"), 400, TestLog.LEARNABLE);
        deploy(registry.register(Candidates.of("direction", "1.0.0")), 1);
        request("r1");
        registry = Registries.open("http://127.0.0.1:1", Map.of(), Clock.systemUTC());
        try (ControlPlane plane =
                control(
                        Map.of(
                                "training.registry",
                                "http://127.0.0.1:1",
                                "control.training.max-attempts",
                                "2"))) {
            Until.holds("it is given up", () -> isOver("r1"));
            assertThat(plane.health().reason()).isNull();
        }
        assertThat(kinds("r1"))
                .containsExactly(Kind.STARTED, Kind.RETRYING, Kind.STARTED, Kind.FAILED);
        assertThat(last("r1").reason()).contains("127.0.0.1:1");
        assertThat(new FlinkRest(flink.webUi()).job(StableId.of(prefix + "r1~1"))).isEmpty();
        assertThat(deploymentRequests()).isEmpty();
    }

    @Test
    void aFullClusterIsAskedAgainUntilASlotIsFree() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        request("r1");
        try (EmbeddedFlink full = cluster()) {
            full.killTaskManager(0);
            try (ControlPlane plane =
                    control(
                            full,
                            Map.of(
                                    "control.training.start-timeout",
                                    "1s",
                                    "control.training.max-attempts",
                                    "100"))) {
                Until.holds("it is told", () -> kinds("r1").contains(Kind.RETRYING));
                assertThat(results("r1").get(1).reason()).contains("no slot was free");
                full.startTaskManager();
                Until.holds("r1 has ended", () -> isOver("r1"));
                assertThat(plane.health().reason()).isNull();
            }
        }
        assertThat(last("r1").kind()).as(last("r1").reason()).isEqualTo(Kind.SUCCEEDED);
        assertThat(registry.model("direction").versions()).hasSize(1);
    }

    @Test
    void aClusterThatIsGoneIsToldAndTheNextOneTrains() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        request("r1");
        FlinkTrainings silent =
                new FlinkTrainings(
                        // Nobody listens there, in no other test either.
                        new FlinkRest(URI.create("http://127.0.0.1:1")),
                        (job, submitted) -> {
                            throw new IllegalStateException("submitted to a cluster that is gone");
                        });
        Configuration options = options(Map.of("control.training.lost-timeout", "200ms"));
        try (ControlPlane plane = control(silent, options)) {
            Until.holds("it is told", () -> kinds("r1").contains(Kind.RETRYING));
            assertThat(results("r1").get(1).reason()).contains("cannot reach Flink");
            assertThat(plane.health().reason()).isNull();
        }
        try (ControlPlane plane = control(Map.of())) {
            Until.holds("r1 has ended", () -> isOver("r1"));
            assertThat(plane.health().reason()).isNull();
        }
        assertThat(last("r1").kind()).as(last("r1").reason()).isEqualTo(Kind.SUCCEEDED);
    }

    @Test
    void submitsTheJarOfTheJobsUploadedOnce() throws Exception {
        Path jar =
                Path.of(System.getProperty("shivx.root", ".."))
                        .resolve("jobs/target/shivx-jobs.jar");
        assumeTrue(Files.isRegularFile(jar), "no " + jar + ": './mvnw package' makes it");
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        request("r1");
        FlinkRest rest = new FlinkRest(flink.webUi());
        FlinkTrainings cluster =
                new FlinkTrainings(rest, new JarSubmission(rest, jar, TrainingJob.class.getName()));
        try (ControlPlane plane = control(cluster, options(Map.of()))) {
            Until.holds("r1 has ended", () -> isOver("r1"));
            assertThat(last("r1").kind()).as(last("r1").reason()).isEqualTo(Kind.SUCCEEDED);
            request("r2");
            Until.holds("r2 has ended", () -> isOver("r2"));
            assertThat(plane.health().reason()).isNull();
        }
        assertThat(rest.jars()).hasSize(1);
    }

    @Test
    void runsAsACommandUntilCtrlC() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        request("r1");
        CommandRun run = CommandRun.start(command("--port", "0"));
        run.awaitOut("SUCCEEDED 0.1.0");
        run.interrupt();
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out())
                .contains("http://127.0.0.1:", "Ctrl-C stops it", "asked: direction@0.1.0, NOW")
                .contains("stopped");
        assertThat(run.err()).isEmpty();
        assertThat(last("r1").version()).isEqualTo("0.1.0");
    }

    @Test
    void saysInOneLineWhyItDoesNotStart() throws Exception {
        String taken = kafka.bootstrapServers().replaceFirst(".*:", "");
        CommandRun port = CommandRun.of(command("--port", taken));
        assertThat(port.exitCode()).isEqualTo(1);
        assertThat(port.err())
                .hasLineCount(1)
                .contains(taken + " cannot be listened on")
                .contains("control.port");
        prefix = "missing-";
        CommandRun topics = CommandRun.of(command("--port", "0"));
        assertThat(topics.exitCode()).isEqualTo(1);
        assertThat(topics.err())
                .hasLineCount(1)
                .contains("no topic 'missing-retrain-requests'")
                .contains("shivx topics create");
    }

    private String[] command(String... more) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "control",
                                "--bootstrap-server",
                                kafka.bootstrapServers(),
                                "--registry",
                                folder.resolve("registry").toString(),
                                "--log",
                                folder.resolve("log").toString(),
                                "--models-dir",
                                folder.resolve("models").toString(),
                                "--dir",
                                folder.resolve("flink").toString()));
        for (String key :
                List.of(
                        "kafka.topic-prefix",
                        "deployment.name",
                        "training.trainer",
                        "validation.min-block")) {
            all.addAll(List.of("-D", key + "=" + options(Map.of()).toMap().get(key)));
        }
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private ControlPlane control(Map<String, String> values) throws Exception {
        return control(flink, values);
    }

    private ControlPlane control(EmbeddedFlink on, Map<String, String> values) throws Exception {
        return control(
                new FlinkTrainings(
                        new FlinkRest(on.webUi()), new EmbeddedSubmission(on, one -> one)),
                options(values));
    }

    private ControlPlane control(FlinkTrainings cluster, Configuration options) {
        return ControlPlane.start(
                ControlSettings.of(options),
                cluster,
                registry,
                new ModelFolder(folder.resolve("models")),
                System.out::println);
    }

    private Configuration options(Map<String, String> values) {
        Map<String, String> all =
                new TreeMap<>(
                        Map.of(
                                "kafka.bootstrap-servers",
                                kafka.bootstrapServers(),
                                "kafka.topic-prefix",
                                prefix,
                                "deployment.name",
                                prefix,
                                "training.log",
                                folder.resolve("log").toUri().toString(),
                                "training.registry",
                                folder.resolve("registry").toString(),
                                "training.trainer",
                                "linear",
                                "validation.min-block",
                                "5min",
                                "control.port",
                                "0",
                                "control.training.first-backoff",
                                "100ms",
                                "control.follow-interval",
                                "1h"));
        all.putAll(values);
        return JobArguments.checked(all);
    }

    private void request(String id) throws Exception {
        send(
                Topic.RETRAIN_REQUESTS,
                new RetrainRequestJson(),
                new RetrainRequest(
                        prefix + id,
                        "direction",
                        RetrainRequest.Cause.ALARM,
                        "drift",
                        null,
                        "test"));
    }

    private void deploy(ModelVersion version, long generation) throws Exception {
        ModelRef ref =
                new ModelRef(
                        version.version().toString(),
                        "/models/nowhere/model.onnx",
                        registry.artifact(version).sha256());
        Deployment initial = Deployment.initial(version.model(), ref);
        send(
                Topic.DEPLOYMENTS,
                new DeploymentJson(),
                new Deployment(
                        initial.model(),
                        generation,
                        initial.mode(),
                        ref,
                        null,
                        0,
                        List.of(),
                        initial.symbols(),
                        initial.routingUnit(),
                        initial.routingSliceMicros(),
                        "",
                        "r"));
    }

    private <T> void send(Topic topic, ControlJson<T> json, T record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    topic.name(options(Map.of())),
                                    json.key(record),
                                    json.write(record)))
                    .get();
        }
    }

    private ModelVersion version(String version) {
        return registry.resolve(VersionName.parse("direction@" + version));
    }

    private List<DeploymentRequest> deploymentRequests() {
        return ControlTopic.read(
                options(Map.of()), Topic.DEPLOYMENT_REQUESTS, new DeploymentRequestJson());
    }

    private List<TrainingResult> results(String id) {
        return ControlTopic.read(
                        options(Map.of()), Topic.TRAINING_RESULTS, new TrainingResultJson())
                .stream()
                .filter(result -> result.requestId().equals(prefix + id))
                .toList();
    }

    private List<Kind> kinds(String id) {
        return results(id).stream().map(TrainingResult::kind).toList();
    }

    private TrainingResult last(String id) {
        List<TrainingResult> all = results(id);
        return all.get(all.size() - 1);
    }

    private boolean isOver(String id) {
        List<TrainingResult> all = results(id);
        return !all.isEmpty() && all.get(all.size() - 1).kind().isFinal();
    }
}
