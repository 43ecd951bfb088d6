package com.shivx.cli.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is committed to some topics from now on: nothing that comes after this is missed. */
public final class NewRecords implements AutoCloseable {

    /** A broker that has nothing new keeps a consumer that would close for half a second else. */
    private static final String WAIT_AT_END_MILLIS = "50";

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** From now on; the topics must exist. */
    public NewRecords(Configuration options, List<String> topics) {
        Map<String, Object> properties = KafkaAccess.clientProperties(options);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, WAIT_AT_END_MILLIS);
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            seekToEnd(topics);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private void seekToEnd(List<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy, and nothing that comes from here on must be missed.
        partitions.forEach(consumer::position);
    }

    /** Those that have come since it was last asked, waiting for one at most so long. */
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration wait) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(records.count());
        records.forEach(all::add);
        return all;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
