package com.shivx.jobs.kafka;

import com.shivx.jobs.options.KafkaOptions;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Control topics read once, from their beginning to what is committed now. */
public final class ControlTopic {

    /** Time enough for any broker that is up, unless the options give Kafka's clients another. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(100);

    /** A broker that has nothing more keeps a consumer that would close for half a second else. */
    private static final String WAIT_AT_END_MILLIS = "10";

    private ControlTopic() {}

    /**
     * What a control topic holds, in its order. What cannot be read is passed over: the job that
     * follows the topic sets it apart.
     *
     * @throws TopicReadException if the topic is not there or the broker does not answer
     */
    public static <T> List<T> read(Configuration options, Topic topic, ControlJson<T> json) {
        List<T> all = new ArrayList<>();
        visit(
                options,
                topic,
                record -> {
                    try {
                        all.add(json.read(record.value()));
                    } catch (UnreadableRecordException e) {
                        // As said above.
                    }
                });
        return all;
    }

    /** Shows every committed record. */
    static void visit(
            Configuration options, Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
        String name = topic.name(options);
        String brokers = options.get(KafkaOptions.BOOTSTRAP_SERVERS);
        Properties properties = properties(options);
        Duration timeout =
                Duration.ofMillis(
                        Long.parseLong(
                                properties.getProperty(
                                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)));
        long deadline = System.nanoTime() + timeout.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer, name, brokers);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!reached(consumer, ends)) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("there is more than it gives");
                }
                consumer.poll(POLL).forEach(visitor);
            }
        } catch (TimeoutException e) {
            throw new TopicReadException(
                    "Kafka at %s has not given all of '%s' within %d s (%s); is it up, is kafka.bootstrap-servers right?"
                            .formatted(brokers, name, timeout.toSeconds(), e.getMessage()),
                    e);
        } catch (KafkaException e) {
            throw new TopicReadException(
                    "cannot read '%s' of Kafka at %s (%s); check kafka.bootstrap-servers and kafka.properties.*"
                            .formatted(name, brokers, rootMessage(e)),
                    e);
        }
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<?, ?> consumer, String topic, String brokers) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new TopicReadException(
                    "Kafka at %s has no topic '%s'; 'shivx topics create' makes it"
                            .formatted(brokers, topic));
        }
        return found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    }

    private static boolean reached(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static Properties properties(Configuration options) {
        Properties properties = KafkaEnds.clientProperties(options);
        properties.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                options.get(KafkaOptions.BOOTSTRAP_SERVERS));
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.putIfAbsent(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(TIMEOUT.toMillis()));
        properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, WAIT_AT_END_MILLIS);
        return properties;
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
