package com.shivx.control.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.shivx.control.ControlException;
import com.shivx.control.http.ControlHealth;
import com.shivx.control.http.Latencies;
import com.shivx.control.topics.ControlTopics;
import com.shivx.control.training.FakeCluster;
import com.shivx.control.training.JobLook;
import com.shivx.control.training.TrainingRules;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingEnd;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditAction;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.local.LocalHome;
import com.shivx.models.registry.uri.Registries;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.RetrainRequestJson;
import com.shivx.models.wire.TrainingEndJson;
import com.shivx.models.wire.TrainingResultJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneITCase {

    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final Duration NO_TIME = Duration.ofMillis(1);

    private static EmbeddedKafka kafka;

    @TempDir private Path folder;

    private final FakeCluster cluster = new FakeCluster();
    private final List<String> news = Collections.synchronizedList(new ArrayList<>());
    private ControlTopics topics;
    private ModelRegistry registry;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void createTopics() throws Exception {
        String prefix = "test" + TESTS.incrementAndGet() + "-";
        topics =
                new ControlTopics(
                        prefix + "retrain-requests",
                        prefix + "training-results",
                        prefix + "deployment-requests",
                        prefix + "deployments",
                        prefix + "deployment-events",
                        prefix + "lifecycle-events",
                        prefix + "accuracy",
                        prefix + "drift-reports",
                        prefix + "alarms");
        try (Admin admin = Admin.create(properties())) {
            List<NewTopic> all = new ArrayList<>();
            for (String topic : names()) {
                all.add(new NewTopic(topic, 1, (short) 1));
            }
            admin.createTopics(all).all().get();
        }
        registry =
                Registries.open(
                        folder.resolve("registry").toString(), Map.of(), InstantSource.system());
    }

    private List<String> names() {
        return List.of(
                topics.retrainRequests(),
                topics.trainingResults(),
                topics.deploymentRequests(),
                topics.deployments(),
                topics.deploymentEvents(),
                topics.lifecycleEvents(),
                topics.accuracy(),
                topics.driftReports(),
                topics.alarms());
    }

    @Test
    void aTrainingOutlivesTheControlServiceThatBeganIt() throws Exception {
        ModelVersion version = registry.register(Candidates.of("direction", "1.0.0"));
        send(topics.retrainRequests(), new RetrainRequestJson(), request("r1"));
        try (ControlPlane first = start()) {
            Until.holds("the job is submitted", () -> cluster.submitted().size() == 1);
            try (ControlPlane second = start()) {
                Until.holds("the second is up", () -> second.health().equals(ControlHealth.UP));
                cluster.is(
                        JobLook.State.FINISHED,
                        end(TrainingEnd.Kind.REGISTERED, "r1", "1.0.0", null));
                Until.holds("a deployment is asked for", () -> requests().size() == 1);
                // The first is shut out as soon as it wants to write.
                send(topics.retrainRequests(), new RetrainRequestJson(), request("r2"));
                assertThatThrownBy(
                                () -> {
                                    while (!first.awaitEnd(Duration.ofSeconds(60))) {
                                        // Until it says why.
                                    }
                                })
                        .isInstanceOf(ControlException.class)
                        .hasMessageContaining("another control service");
                assertThat(first.health().state()).isEqualTo(ControlHealth.State.FAILED);
                Until.holds("the next one begins", () -> cluster.submitted().size() == 2);
            }
        }
        assertThat(results())
                .extracting(TrainingResult::requestId, TrainingResult::kind)
                .containsExactly(
                        tuple("r1", TrainingResult.Kind.STARTED),
                        tuple("r1", TrainingResult.Kind.SUCCEEDED),
                        tuple("r2", TrainingResult.Kind.STARTED));
        DeploymentRequest asked = requests().get(0);
        assertThat(asked.mode()).isEqualTo(DeploymentMode.NOW);
        assertThat(asked.version().sha256()).isEqualTo(registry.artifact(version).sha256());
        assertThat(Path.of(URI.create(asked.version().uri())))
                .isRegularFile()
                .startsWith(folder.resolve("models"));

        // One that starts now knows that r1 is over, and goes on with r2.
        try (ControlPlane third = start()) {
            cluster.is(JobLook.State.FINISHED, end(TrainingEnd.Kind.REFUSED, "r2", null, null));
            Until.holds("r2 is over", () -> results().size() == 4);
            assertThat(third.awaitEnd(NO_TIME)).isFalse();
        }
        assertThat(cluster.submitted()).hasSize(2);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void productionAndWhatServesAreKeptTheSame() throws Exception {
        ModelVersion one = registry.register(Candidates.of("direction", "1.0.0"));
        ModelVersion two = registry.register(Candidates.of("direction", "2.0.0"));
        try (ControlPlane plane = start()) {
            serve(one, 1);
            Until.holds("the alias is written", () -> named().equals("1.0.0"));
            assertThat(registry.audit("direction").entries())
                    .last()
                    .satisfies(
                            entry -> {
                                assertThat(entry.action()).isEqualTo(AuditAction.DEPLOYED);
                                assertThat(entry.reason()).isEqualTo("request r-1, generation 1");
                            });
            assertThat(get(plane, "/api/v1/models/direction/health"))
                    .contains("\"status\":\"OK\"", "\"since\":\"registration\"");

            // As somebody does in the registry's own pages.
            new LocalHome(folder.resolve("registry")).setAlias("direction", Alias.PRODUCTION, two);
            Until.holds("its deployment is asked for", () -> requests().size() == 1);
            DeploymentRequest asked = requests().get(0);
            assertThat(asked.version().version()).isEqualTo("2.0.0");
            assertThat(asked.mode()).isEqualTo(DeploymentMode.NOW);
            assertThat(asked.expectedGeneration()).isEqualTo(1);
            assertThat(registry.unaudited("direction")).isEmpty();

            serve(two, 2);
            serve(one, 3);
            Until.holds("what was rolled back is written", () -> named().equals("1.0.0"));
        }
        assertThat(requests()).hasSize(1);

        try (ControlPlane again = start()) {
            Until.holds("it is up", () -> again.health().equals(ControlHealth.UP));
            Until.holds(
                    "it has looked",
                    () ->
                            get(again, "/api/v1/models/direction/health")
                                    .contains("\"since\":\"registration\""));
        }
        assertThat(named()).isEqualTo("1.0.0");
        assertThat(requests()).hasSize(1);
    }

    @Test
    void decisionsAreCopiedIntoTheAuditOnce() throws Exception {
        ModelVersion one = registry.register(Candidates.of("direction", "1.0.0"));
        decide("direction~1", "direction", "\"ROLLOUT_STARTED\"", "\"1.0.0\"", "\"to begin\"");
        decide("direction~2", "direction", "\"A_KIND_TO_COME\"", "null", "null");
        decide("direction~2", "direction", "\"A_KIND_TO_COME\"", "null", "null");
        decide("unknown~1", "unknown", "\"REFUSED\"", "\"1.0.0\"", "\"why\"");
        send(topics.lifecycleEvents(), "no event".getBytes(StandardCharsets.UTF_8));
        for (int start = 0; start < 2; start++) {
            int number = 3 + start;
            try (ControlPlane plane = start()) {
                Until.holds("it is up", () -> plane.health().equals(ControlHealth.UP));
                decide("direction~" + number, "direction", "\"REFUSED\"", "null", "\"late\"");
                Until.holds("all are copied", () -> decisions().size() == number);
            }
        }
        assertThat(decisions())
                .extracting(AuditEntry::reason)
                .containsExactlyInAnyOrder(
                        "ROLLOUT_STARTED, request r1, generation 4: to begin",
                        "A_KIND_TO_COME, request r1, generation 4",
                        "REFUSED, request r1, generation 4: late",
                        "REFUSED, request r1, generation 4: late");
        assertThat(decisions().get(0).to()).isEqualTo(one.version());
        assertThat(decisions().get(0).by()).isEqualTo("ada");
        assertThat(registry.unaudited("direction")).isEmpty();
        assertThat(registry.model("direction").aliases()).containsOnlyKeys(Alias.DEV);
        assertThat(registry.models()).containsExactly("direction");
    }

    private List<AuditEntry> decisions() {
        return registry.audit("direction").entries().stream()
                .filter(entry -> entry.action() == AuditAction.DECIDED)
                .toList();
    }

    private void decide(String id, String model, String kind, String version, String reason)
            throws Exception {
        send(
                topics.lifecycleEvents(),
                """
                {"event_id": "%s", "request_id": "r1", "model_id": "%s", "kind": %s, "generation": 4,
                 "mode": null, "model_version": %s, "reason": %s, "requested_by": "ada"}"""
                        .formatted(id, model, kind, version, reason)
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void saysWhichTopicIsMissing() throws Exception {
        try (Admin admin = Admin.create(properties())) {
            admin.deleteTopics(List.of(topics.alarms())).all().get();
        }
        try (ControlPlane plane = start()) {
            assertThatThrownBy(
                            () -> {
                                while (!plane.awaitEnd(Duration.ofSeconds(60))) {
                                    // Until it says why.
                                }
                            })
                    .isInstanceOf(ControlException.class)
                    .hasMessageContaining("no topic '" + topics.alarms() + "'");
            assertThat(get(plane, "/health")).contains("FAILED");
        }
    }

    @Test
    void passesOverRecordsThatAreNone() throws Exception {
        send(topics.retrainRequests(), "no record".getBytes(StandardCharsets.UTF_8));
        send(topics.trainingResults(), "{}".getBytes(StandardCharsets.UTF_8));
        send(topics.retrainRequests(), new RetrainRequestJson(), request("r1"));
        try (ControlPlane plane = start()) {
            Until.holds("what is one is begun", () -> cluster.submitted().size() == 1);
            assertThat(plane.health()).isEqualTo(ControlHealth.UP);
        }
        assertThat(news).anyMatch(line -> line.startsWith("passed over: record 0 of"));
    }

    private ControlPlane start() {
        return ControlPlane.start(
                new ControlConfig(
                        properties(),
                        topics,
                        topics.trainingResults() + "-control",
                        Map.of(),
                        TrainingRules.DEFAULT,
                        Duration.ofMillis(100),
                        "127.0.0.1",
                        0),
                cluster,
                model -> Latencies.Latency.unknown("nothing is served here"),
                registry,
                new ModelFolder(folder.resolve("models")),
                news::add);
    }

    /** What the lifecycle job and the scoring job write about a deployment. */
    private void serve(ModelVersion version, long generation) throws Exception {
        String model = version.model();
        ModelRef ref =
                new ModelRef(
                        version.version().toString(),
                        "/models/" + version.version(),
                        registry.artifact(version).sha256());
        Deployment initial = Deployment.initial(model, ref);
        send(
                topics.deployments(),
                new DeploymentJson(),
                new Deployment(
                        model,
                        generation,
                        DeploymentMode.NOW,
                        ref,
                        null,
                        0,
                        List.of(),
                        "*",
                        initial.routingUnit(),
                        initial.routingSliceMicros(),
                        "",
                        "r-" + generation));
        send(
                topics.deploymentEvents(),
                new DeploymentEventJson(),
                new DeploymentEvent(
                        model,
                        generation,
                        DeploymentEvent.Kind.SERVING,
                        ref.version(),
                        Role.CHAMPION,
                        null,
                        0,
                        1));
    }

    private String named() {
        return String.valueOf(registry.model("direction").aliases().get(Alias.PRODUCTION));
    }

    private static String get(ControlPlane plane, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(plane.uri().resolve(path))
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static RetrainRequest request(String id) {
        return new RetrainRequest(
                id, "direction", RetrainRequest.Cause.COMMAND, "why", null, "ada");
    }

    private static String end(
            TrainingEnd.Kind kind,
            String request,
            @Nullable String version,
            @Nullable String champion) {
        return new String(
                new TrainingEndJson()
                        .write(
                                new TrainingEnd(
                                        request, "direction", kind, version, champion, "because")),
                StandardCharsets.UTF_8);
    }

    private List<TrainingResult> results() throws Exception {
        return committed(topics.trainingResults(), new TrainingResultJson());
    }

    private List<DeploymentRequest> requests() throws Exception {
        return committed(topics.deploymentRequests(), new DeploymentRequestJson());
    }

    private static <T> List<T> committed(String topic, ControlJson<T> json) throws Exception {
        List<T> all = new ArrayList<>();
        Map<String, Object> properties = new HashMap<>(properties());
        properties.put("isolation.level", "read_committed");
        properties.put("fetch.max.wait.ms", "10");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    all.add(json.read(record.value()));
                }
            }
        }
        return all;
    }

    private static <T> void send(String topic, ControlJson<T> json, T record) throws Exception {
        write(topic, json.key(record), json.write(record));
    }

    private static void send(String topic, byte[] value) throws Exception {
        write(topic, null, value);
    }

    private static void write(String topic, byte @Nullable [] key, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    private static Map<String, Object> properties() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }
}
