package com.shivx.cli;

import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Prediction;
import com.shivx.models.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the committed predictions and remembers which kinds there were. */
final class SeenPredictions implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final PredictionJson json = new PredictionJson();
    private final Set<String> seen = new HashSet<>();
    private final KafkaConsumer<byte[], byte[]> consumer;

    SeenPredictions(String bootstrapServers) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers", bootstrapServers,
                                "isolation.level", "read_committed",
                                "auto.offset.reset", "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(
                consumer.partitionsFor("predictions").stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList());
    }

    void await(String model, String version, long generation, Role role, boolean served)
            throws Exception {
        String wanted = kind(model, version, generation, role, served);
        Until.holds(
                wanted,
                () -> {
                    poll();
                    return seen.contains(wanted);
                });
    }

    private void poll() throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            Prediction each = json.read(record.value());
            seen.add(
                    kind(
                            each.modelId(),
                            each.modelVersion(),
                            each.generation(),
                            each.role(),
                            each.served()));
        }
    }

    private static String kind(
            String model, String version, long generation, Role role, boolean served) {
        return "%s@%s, generation %d, %s, %s"
                .formatted(model, version, generation, role, served ? "served" : "not served");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
