package com.shivx.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaITCase {
    private static final TopicPartition PARTITION = new TopicPartition("ticks", 0);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Test
    void committedRecordsAreReadAndAbortedOnesAreNot() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            createTopic(kafka);
            try (KafkaProducer<String, String> producer = producer(kafka, Map.of())) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(PARTITION.topic(), "aborted"));
                producer.flush();
                producer.abortTransaction();
            }
            produce(kafka, "one", "two");

            assertThat(consume(kafka, 2)).containsExactly("one", "two");
        }
    }

    @Test
    void limitsAreTheOnesOfABrokerNobodyTuned() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            createTopic(kafka);
            Map<String, Object> generous = Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 20 << 20);
            try (KafkaProducer<String, String> producer = producer(kafka, generous)) {
                producer.initTransactions();
                producer.beginTransaction();
                String large = "x".repeat(10 << 20);
                assertThatThrownBy(
                                () ->
                                        producer.send(
                                                        new ProducerRecord<>(
                                                                PARTITION.topic(), large))
                                                .get())
                        .hasCauseInstanceOf(RecordTooLargeException.class);
            }
            Map<String, Object> hour = Map.of(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 3_600_000);
            try (KafkaProducer<String, String> producer = producer(kafka, hour)) {
                assertThatThrownBy(producer::initTransactions)
                        .isInstanceOf(KafkaException.class)
                        .hasStackTraceContaining("transaction.max.timeout.ms");
            }
        }
    }

    @Test
    void aTakenPortIsRefusedInOneLineThatNamesIt(@TempDir Path directory) throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> EmbeddedKafka.start(port, directory, Map.of()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("port " + port + " for Kafka is taken")
                    .hasMessageNotContaining("\n");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFolderInUseIsRefusedAndThisJvmSurvives(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(0, directory, Map.of())) {
            assertThatThrownBy(() -> EmbeddedKafka.start(0, directory, Map.of()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(directory.toRealPath().toString())
                    .hasMessageNotContaining("\n");
            createTopic(kafka);
        }
    }

    @Test
    void aKeptFolderHoldsItsRecordsForTheNextBroker(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(0, directory, Map.of())) {
            createTopic(kafka);
            produce(kafka, "kept");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(0, directory, Map.of())) {
            assertThat(consume(kafka, 1)).containsExactly("kept");
        }
        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void leavesNoThreadPortOrFolderBehind() throws Exception {
        Set<String> folders = Leftovers.temporaryFolders("shivx-kafka-");
        Leftovers threads = Leftovers.watch();
        int port;
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            createTopic(kafka);
            produce(kafka, "one");
            consume(kafka, 1);
            port = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
        }
        threads.assertNone();
        assertThat(Leftovers.temporaryFolders("shivx-kafka-")).isEqualTo(folders);
        try (EmbeddedKafka again = EmbeddedKafka.start(port, null, Map.of())) {
            assertThat(again.bootstrapServers()).isEqualTo("localhost:" + port);
        }
    }

    private static void createTopic(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1))).all().get();
        }
    }

    private static void produce(EmbeddedKafka kafka, String... values) {
        try (KafkaProducer<String, String> producer = producer(kafka, Map.of())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                producer.send(new ProducerRecord<>(PARTITION.topic(), value));
            }
            producer.commitTransaction();
        }
    }

    private static KafkaProducer<String, String> producer(
            EmbeddedKafka kafka, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "test");
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    private static List<String> consume(EmbeddedKafka kafka, int count) {
        Map<String, Object> properties =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = System.nanoTime() + DEADLINE.toNanos();
            while (values.size() < count && System.nanoTime() < end) {
                for (ConsumerRecord<String, String> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
