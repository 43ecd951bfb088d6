package com.shivx.cli;

import com.shivx.cli.control.ControlSettings;
import com.shivx.cli.flink.EmbeddedSubmission;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.cli.kafka.TopicCreation;
import com.shivx.control.flink.FlinkLatencies;
import com.shivx.control.flink.FlinkRest;
import com.shivx.control.flink.FlinkTrainings;
import com.shivx.control.plane.ControlPlane;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.JobArguments;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.lifecycle.TrainingResult.Kind;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
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
import org.junit.jupiter.api.io.TempDir;

/** Requested trainings on a real cluster, with a real broker and a real registry. */
abstract class RequestedTrainings {

    private static final AtomicInteger TESTS = new AtomicInteger();
    static final int VECTORS = 4_000;

    static EmbeddedKafka kafka;
    static EmbeddedFlink flink;

    @TempDir Path folder;

    String prefix;
    ModelRegistry registry;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        flink = cluster();
    }

    static EmbeddedFlink cluster() {
        return EmbeddedFlink.startHighlyAvailable(
                EmbeddedFlink.configuration(Installation.flinkConf()), 1, null);
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

    ControlPlane control(Map<String, String> values) throws Exception {
        return control(flink, values);
    }

    ControlPlane control(EmbeddedFlink on, Map<String, String> values) throws Exception {
        return control(
                new FlinkTrainings(
                        new FlinkRest(on.webUi()), new EmbeddedSubmission(on, one -> one)),
                options(values));
    }

    ControlPlane control(FlinkTrainings cluster, Configuration options) {
        return ControlPlane.start(
                ControlSettings.of(options),
                cluster,
                new FlinkLatencies(
                        new FlinkRest(flink.webUi()), ScoringJob.NAME, InstantSource.system()),
                registry,
                new ModelFolder(folder.resolve("models")),
                System.out::println);
    }

    Configuration options(Map<String, String> values) {
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

    void request(String id) throws Exception {
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

    void deploy(ModelVersion version, long generation) throws Exception {
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

    <T> void send(Topic topic, ControlJson<T> json, T record) throws Exception {
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

    ModelVersion version(String version) {
        return registry.resolve(VersionName.parse("direction@" + version));
    }

    List<DeploymentRequest> deploymentRequests() {
        return ControlTopic.read(
                options(Map.of()), Topic.DEPLOYMENT_REQUESTS, new DeploymentRequestJson());
    }

    List<TrainingResult> results(String id) {
        return ControlTopic.read(
                        options(Map.of()), Topic.TRAINING_RESULTS, new TrainingResultJson())
                .stream()
                .filter(result -> result.requestId().equals(prefix + id))
                .toList();
    }

    List<Kind> kinds(String id) {
        return results(id).stream().map(TrainingResult::kind).toList();
    }

    TrainingResult last(String id) {
        List<TrainingResult> all = results(id);
        return all.get(all.size() - 1);
    }

    boolean isOver(String id) {
        List<TrainingResult> all = results(id);
        return !all.isEmpty() && all.get(all.size() - 1).kind().isFinal();
    }

    static boolean isTraining(FlinkRest rest, String job) {
        return rest.job(job)
                .filter(found -> found.state().equals("RUNNING") && found.hasStarted())
                .isPresent();
    }
}
