package com.shivx.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.bench.QuietProgress;
import com.shivx.bench.market.ZipfMarket;
import com.shivx.bench.rig.InputTopic;
import com.shivx.bench.rig.ModelFolder;
import com.shivx.bench.rig.Rig;
import com.shivx.bench.rig.RunningJob;
import com.shivx.bench.rig.Trial;
import com.shivx.jobs.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A comparison is one only if the compared do the same. */
class VariantsITCase {

    private static final int SYMBOLS = 50;
    private static final int TICKS = 20_000;
    private static final long DEADLINE_NANOS = Duration.ofMinutes(2).toNanos();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ModelFolder model;
    private static Rig rig;
    private static InputTopic ticks;

    @BeforeAll
    static void start() throws Exception {
        Path flinkConf = Path.of(System.getProperty("shivx.root"), "flink-conf");
        Map<String, String> settings = Map.of("execution.checkpointing.interval", "500 ms");
        model = ModelFolder.smallNetwork(new Configuration());
        rig = Rig.start(flinkConf, settings, model.options(), new QuietProgress());
        ticks =
                InputTopic.ofTicks(
                        rig,
                        "ticks",
                        new ZipfMarket(SYMBOLS, PipelineBench.SEED, PipelineBench.START_MICROS));
        ticks.fillTo(SYMBOLS + TICKS, new QuietProgress());
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
        model.close();
    }

    @Test
    void identityMovesKeysAndValuesUntouched() throws Exception {
        List<String> out = texts(output(Variant.IDENTITY, SYMBOLS + TICKS));
        List<String> in = texts(read("ticks", SYMBOLS + TICKS));
        assertThat(out).containsExactlyInAnyOrderElementsOf(in);
    }

    /** Same ids, same classes, same actions; probabilities to the last bits of another batch. */
    @Test
    void naiveAndOursSayTheSame() throws Exception {
        Map<String, JsonNode> naive = byId(output(Variant.NAIVE, TICKS));
        Map<String, JsonNode> ours = byId(output(Variant.OURS, TICKS));
        assertThat(naive).hasSize(TICKS);
        assertThat(ours.keySet()).isEqualTo(naive.keySet());
        ours.forEach((id, prediction) -> assertSame(prediction, naive.get(id)));
    }

    private static void assertSame(JsonNode ours, JsonNode naive) {
        assertThat(fieldNames(naive)).isEqualTo(fieldNames(ours));
        for (String field : fieldNames(ours)) {
            switch (field) {
                case "confidence" ->
                        assertThat(naive.get(field).asDouble())
                                .isCloseTo(ours.get(field).asDouble(), within(1e-5));
                case "probabilities" ->
                        assertThat(fieldNames(ours.get(field)))
                                .allSatisfy(
                                        name ->
                                                assertThat(naive.get(field).get(name).asDouble())
                                                        .isCloseTo(
                                                                ours.get(field)
                                                                        .get(name)
                                                                        .asDouble(),
                                                                within(1e-5)));
                default -> assertThat(naive.get(field)).isEqualTo(ours.get(field));
            }
        }
    }

    private static List<String> fieldNames(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Runs it until so many records are committed. */
    private static List<ConsumerRecord<byte[], byte[]>> output(Variant variant, int expected)
            throws Exception {
        Configuration options = Trial.options(rig, variant.key(), ticks.name());
        rig.createTopics(Trial.outputs(options));
        StreamExecutionEnvironment env = rig.environment(options);
        PipelineBench.build(variant, env, options);
        try (RunningJob job = rig.start(env, variant.key())) {
            return read(Topic.PREDICTIONS.name(options), expected);
        } finally {
            rig.deleteTopics(Trial.outputs(options));
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int expected) {
        Map<String, Object> properties =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, rig.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + DEADLINE_NANOS;
            while (records.size() < expected && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        assertThat(records).hasSize(expected);
        return records;
    }

    private static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(
                        record ->
                                new String(record.key(), StandardCharsets.UTF_8)
                                        + " "
                                        + new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static Map<String, JsonNode> byId(List<ConsumerRecord<byte[], byte[]>> records)
            throws Exception {
        Map<String, JsonNode> byId = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode json = JSON.readTree(record.value());
            byId.put(json.get("prediction_id").asText(), json);
        }
        return byId;
    }
}
