package com.shivx.control.topics;

import com.shivx.control.ControlException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Topics from their beginning on, committed records only. It belongs to no group and commits
 * nothing: whoever starts anew reads all of it again, and knows again what it knew.
 */
public final class TopicTail implements AutoCloseable {

    /** Of a topic that is read whole. */
    public static final long WHOLE = Long.MAX_VALUE;

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> readers = new HashMap<>();

    /**
     * A topic and who reads it.
     *
     * @param last how many of the records that are there now are read, of each partition; {@link
     *     #WHOLE} for all
     */
    public record Subscription(
            String topic, long last, Consumer<ConsumerRecord<byte[], byte[]>> reader) {}

    /**
     * @param kafka properties that any client takes
     * @throws ControlException if a topic is not there
     */
    public TopicTail(Map<String, Object> kafka, List<Subscription> subscriptions) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // What retention has taken meanwhile is no reason to stop.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            assign(subscriptions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private void assign(List<Subscription> subscriptions) {
        Map<TopicPartition, Long> last = new HashMap<>();
        for (Subscription subscription : subscriptions) {
            List<PartitionInfo> partitions = consumer.partitionsFor(subscription.topic());
            if (partitions == null || partitions.isEmpty()) {
                throw new ControlException(
                        "Kafka has no topic '%s'; 'shivx topics create' makes it"
                                .formatted(subscription.topic()),
                        null);
            }
            partitions.forEach(
                    info ->
                            last.put(
                                    new TopicPartition(info.topic(), info.partition()),
                                    subscription.last()));
            readers.put(subscription.topic(), subscription.reader());
        }
        consumer.assign(last.keySet());
        consumer.seekToBeginning(last.keySet());
        Map<TopicPartition, Long> ends = consumer.endOffsets(last.keySet());
        last.forEach(
                (partition, count) -> {
                    long end = ends.getOrDefault(partition, 0L);
                    if (count < end) {
                        consumer.seek(partition, end - count);
                    }
                });
    }

    /**
     * Reads all that is committed now.
     *
     * @throws ControlException if the broker does not give it within the time
     */
    public void readThrough(Duration timeout) {
        List<TopicPartition> partitions = new ArrayList<>(consumer.assignment());
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long deadline = System.nanoTime() + timeout.toNanos();
        while (partitions.stream()
                .anyMatch(
                        partition ->
                                consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            if (System.nanoTime() > deadline) {
                throw new ControlException(
                        "Kafka has not given all of %s within %d s; is every broker up?"
                                .formatted(readers.keySet(), timeout.toSeconds()),
                        null);
            }
            poll(POLL);
        }
    }

    /** Reads what has come, or waits so long for it. */
    public void poll(Duration timeout) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
            Consumer<ConsumerRecord<byte[], byte[]>> reader = readers.get(record.topic());
            if (reader != null) {
                reader.accept(record);
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
