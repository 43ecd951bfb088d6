package com.shivx.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.wire.DeploymentJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ControlTopicITCase {

    private static final DeploymentJson JSON = new DeploymentJson();

    private static EmbeddedKafka kafka;
    private static KafkaProbe probe;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        probe = new KafkaProbe(kafka.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        probe.close();
        kafka.close();
    }

    @Test
    void knowsTheLatestDeploymentOfEachModel() throws Exception {
        Configuration options = options("latest");
        probe.createTopics(options, 1);
        assertThat(CurrentDeployments.read(options)).isEmpty();

        send(options, deployment("direction", 1));
        send(options, deployment("volatility", 1));
        send(options, deployment("direction", 2));
        send(options, deployment("momentum", 1));
        // Withdrawn for good, and what nobody can read.
        send(options, "momentum", null);
        send(options, "volatility", "no deployment".getBytes(StandardCharsets.UTF_8));
        probe.flush();

        assertThat(CurrentDeployments.read(options))
                .isEqualTo(
                        Map.of(
                                "direction", deployment("direction", 2),
                                "volatility", deployment("volatility", 1)));
        assertThat(ControlTopic.read(options, Topic.DEPLOYMENTS, JSON))
                .containsExactly(
                        deployment("direction", 1),
                        deployment("volatility", 1),
                        deployment("direction", 2),
                        deployment("momentum", 1));
    }

    @Test
    void knowsNothingOfWhatWasNotCommitted() throws Exception {
        Configuration options = options("uncommitted");
        probe.createTopics(options, 1);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                kafka.bootstrapServers(),
                                "transactional.id",
                                "uncommitted"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, options, deployment("direction", 1));
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, options, deployment("direction", 2));
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, options, deployment("direction", 3));
            producer.flush();
            assertThat(CurrentDeployments.read(options))
                    .isEqualTo(Map.of("direction", deployment("direction", 1)));
            producer.commitTransaction();
        }
        assertThat(CurrentDeployments.read(options))
                .isEqualTo(Map.of("direction", deployment("direction", 3)));
    }

    @Test
    void saysInOneLineThatATopicIsNotThere() {
        assertThatThrownBy(() -> CurrentDeployments.read(options("missing")))
                .isInstanceOf(TopicReadException.class)
                .hasMessageContaining("has no topic 'missing-deployments'; 'shivx topics create'")
                .message()
                .doesNotContain("\n");
        // And has not made it by asking.
        assertThatThrownBy(() -> CurrentDeployments.read(options("missing")))
                .hasMessageContaining("has no topic");
    }

    @Test
    void saysInOneLineThatABrokerDoesNotAnswer() throws IOException {
        Configuration options = options("silent");
        options.setString(KafkaOptions.PROPERTIES_PREFIX + "default.api.timeout.ms", "1000");
        // Takes connections and says nothing.
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            options.set(KafkaOptions.BOOTSTRAP_SERVERS, "localhost:" + silent.getLocalPort());
            assertThatThrownBy(() -> CurrentDeployments.read(options))
                    .isInstanceOf(TopicReadException.class)
                    .hasMessageContaining("within 1 s")
                    .hasMessageContaining("kafka.bootstrap-servers")
                    .message()
                    .doesNotContain("\n");
        }
        options.set(KafkaOptions.BOOTSTRAP_SERVERS, "no address");
        assertThatThrownBy(() -> CurrentDeployments.read(options))
                .isInstanceOf(TopicReadException.class)
                .hasMessageContaining("cannot read");
    }

    private static void send(Configuration options, Deployment deployment) {
        probe.send(Topic.DEPLOYMENTS.name(options), JSON.key(deployment), JSON.write(deployment));
    }

    private static void send(Configuration options, String key, byte[] value) {
        probe.send(Topic.DEPLOYMENTS.name(options), key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, Configuration options, Deployment deployment) {
        producer.send(
                new ProducerRecord<>(
                        Topic.DEPLOYMENTS.name(options),
                        JSON.key(deployment),
                        JSON.write(deployment)));
    }

    private static Deployment deployment(String model, long generation) {
        return new Deployment(
                model,
                generation,
                DeploymentMode.NOW,
                new ModelRef(generation + ".0.0", "/models/m.onnx", "1".repeat(64)),
                null,
                0,
                List.of(),
                "*",
                RoutingUnit.SYMBOL_SLICE,
                Deployment.DEFAULT_SLICE_MICROS,
                model + "/" + generation,
                "r" + generation);
    }

    private static Configuration options(String prefix) {
        return new Configuration()
                .set(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
                .set(KafkaOptions.TOPIC_PREFIX, prefix + "-");
    }
}
