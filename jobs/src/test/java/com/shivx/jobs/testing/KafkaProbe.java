package com.shivx.jobs.testing;

import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.local.CommittedRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to and reads from a broker as anyone outside would: committed records only. */
public final class KafkaProbe implements AutoCloseable {

    private final String bootstrapServers;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Map<String, Count> counts = new HashMap<>();

    /** A topic that is read on, and how many records it has held. */
    private static final class Count {
        private final CommittedRecords topic;
        private long records;

        Count(CommittedRecords topic) {
            this.topic = topic;
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
        return CommittedRecords.of(bootstrapServers, topic);
    }

    /** The same of more records than there is memory for, in no order of partitions. */
    public void forEachCommitted(String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        try (CommittedRecords all = new CommittedRecords(bootstrapServers, topic)) {
            all.forEachNew(taker);
        }
    }

    /**
     * How many records have been committed to a topic. Each is read once, however often it is
     * asked, so that it can be waited for.
     */
    public long count(String topic) {
        Count count =
                counts.computeIfAbsent(
                        topic, first -> new Count(new CommittedRecords(bootstrapServers, first)));
        count.topic.forEachNew(record -> count.records++);
        return count.records;
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
        counts.values().forEach(count -> count.topic.close());
        producer.close();
        admin.close();
    }
}
