package com.shivx.jobs.testing;

import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to and reads from a broker as anyone outside would: committed records only. */
public final class KafkaProbe implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrapServers;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Map<String, Count> counts = new HashMap<>();

    /** A consumer that goes on where it was, and how many records it has met. */
    private static final class Count {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private long records;

        Count(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }
    }

    public KafkaProbe(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "linger.ms",
                                "5",
                                // Not what a producer of ticks would send, but some producers do.
                                "max.request.size",
                                "20000000"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /**
     * Makes every topic of ours under the options' names, and returns when each can be written to:
     * a producer that meets partitions without a leader may lose its place in them.
     */
    public void createTopics(Configuration options, int partitions) throws Exception {
        Configuration named = new Configuration(options).set(KafkaOptions.PARTITIONS, partitions);
        List<NewTopic> topics = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            topics.add(
                    new NewTopic(topic.name(named), topic.partitions(named), (short) 1)
                            .configs(topic.settings()));
        }
        admin.createTopics(topics).all().get();
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (NewTopic topic : topics) {
            all.putAll(ends(topic.name(), topic.numPartitions()));
        }
        Until.holds("topics that can be written to", () -> areKnown(all));
    }

    /** Gives a topic one partition more, and returns when it can be written to. */
    public void addPartition(String topic) throws Exception {
        int partitions =
                admin.describeTopics(List.of(topic))
                                .allTopicNames()
                                .get()
                                .get(topic)
                                .partitions()
                                .size()
                        + 1;
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
        Until.holds("a partition more", () -> areKnown(ends(topic, partitions)));
    }

    /** Whether each partition has a leader, and the broker that is asked has heard of it. */
    private boolean areKnown(Map<TopicPartition, OffsetSpec> partitions) throws Exception {
        try {
            admin.listOffsets(partitions).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }

    public void send(String topic, byte[] key, byte[] value) {
        send(new ProducerRecord<>(topic, key, value));
    }

    /** The same of a record with headers. */
    public void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(
                record,
                (metadata, failed) -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    }
                });
    }

    /** Sends records in a transaction and takes them back. */
    public void sendAndAbort(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (KafkaProducer<byte[], byte[]> transactional =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "transactional.id",
                                "aborts-" + records.get(0).topic()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                transactional.send(record).get();
            }
            transactional.abortTransaction();
        }
    }

    /**
     * Sends a record with a time of its own, in milliseconds, and returns when the broker has it.
     */
    public void sendAt(String topic, long timestampMillis, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, null, timestampMillis, null, value)).get();
    }

    /** Returns when the broker has all that was sent; fails where it has not taken some of it. */
    public void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new AssertionError("the broker has not taken a record", failure.get());
        }
    }

    /** All committed records of a topic up to its end as of now, partition by partition. */
    public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        forEachCommitted(topic, records::add);
        return records;
    }

    /** The same of more records than there is memory for. */
    public void forEachCommitted(String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            for (TopicPartition partition : partitions) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = ends.getOrDefault(partition, 0L);
                while (consumer.position(partition) < end) {
                    consumer.poll(POLL).forEach(taker);
                }
            }
        }
    }

    /**
     * How many records have been committed to a topic. Each is read once, however often it is
     * asked, so that it can be waited for.
     */
    public long count(String topic) {
        Count count =
                counts.computeIfAbsent(
                        topic,
                        first -> {
                            KafkaConsumer<byte[], byte[]> consumer = consumer();
                            consumer.assign(partitions(consumer, topic));
                            return new Count(consumer);
                        });
        Map<TopicPartition, Long> ends = count.consumer.endOffsets(count.consumer.assignment());
        while (ends.entrySet().stream()
                .anyMatch(end -> count.consumer.position(end.getKey()) < end.getValue())) {
            count.records += count.consumer.poll(POLL).count();
        }
        return count.records;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("isolation.level", IsolationLevel.READ_COMMITTED.toString());
        properties.put("auto.offset.reset", "earliest");
        // The broker holds the question for more than there is, half a second by default, and with
        // it the next partition's.
        properties.put("fetch.max.wait.ms", "10");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                .toList();
    }

    /** Whether a consumer group has committed the end of every partition of a topic. */
    public boolean isReadToTheEnd(String group, String topic) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> read =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        int partitions =
                admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic)
                        .partitions()
                        .size();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                admin.listOffsets(ends(topic, partitions)).all().get().entrySet()) {
            OffsetAndMetadata offset = read.get(end.getKey());
            if (end.getValue().offset() > (offset == null ? 0 : offset.offset())) {
                return false;
            }
        }
        return true;
    }

    private static Map<TopicPartition, OffsetSpec> ends(String topic, int partitions) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        return ends;
    }

    @Override
    public void close() {
        counts.values().forEach(count -> count.consumer.close());
        producer.close();
        admin.close();
    }
}
