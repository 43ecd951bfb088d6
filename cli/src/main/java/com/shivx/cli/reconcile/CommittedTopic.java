package com.shivx.cli.reconcile;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Everything that is committed in a topic, partition after partition, each in the order of its
 * offsets.
 */
final class CommittedTopic {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int WAIT_AT_END_MILLIS = 10;
    private static final Duration NOTHING_COMES = Duration.ofSeconds(60);

    private final Map<String, Object> clientProperties;
    private final String topic;

    /** What is done with each record. */
    @FunctionalInterface
    interface Visitor {
        void visit(ConsumerRecord<byte[], byte[]> record) throws IOException;
    }

    CommittedTopic(Map<String, Object> clientProperties, String topic) {
        this.clientProperties = new HashMap<>(clientProperties);
        this.clientProperties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.clientProperties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.clientProperties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // At a partition's end the consumer asks for more, and the next partition waits for it.
        this.clientProperties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, WAIT_AT_END_MILLIS);
        this.topic = topic;
    }

    /**
     * Visits every record that was committed when it began with a partition.
     *
     * @throws TimeoutException if the broker stops giving records before the end
     */
    void read(Visitor visitor) throws IOException, TimeoutException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        clientProperties,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .sorted(Comparator.comparingInt(PartitionInfo::partition))
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            for (TopicPartition partition : partitions) {
                read(consumer, partition, visitor);
            }
        }
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Visitor visitor)
            throws IOException, TimeoutException {
        List<TopicPartition> alone = List.of(partition);
        consumer.assign(alone);
        consumer.seekToBeginning(alone);
        long end = requireNonNull(consumer.endOffsets(alone).get(partition));
        long position = consumer.position(partition);
        long deadline = System.nanoTime() + NOTHING_COMES.toNanos();
        while (position < end) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                visitor.visit(record);
            }
            long reached = consumer.position(partition);
            if (reached > position) {
                deadline = System.nanoTime() + NOTHING_COMES.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "Kafka gave no record of %s for %d s at offset %d of %d"
                                .formatted(partition, NOTHING_COMES.toSeconds(), position, end));
            }
            position = reached;
        }
    }
}
