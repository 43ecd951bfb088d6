package com.shivx.cli.kafka;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is behind in a topic: it commits the offsets it has read to its group with every
 * checkpoint, and the predictions made from them with the same checkpoint, so what is not behind is
 * scored and visible.
 */
public final class ScoringLag implements AutoCloseable {

    private final KafkaAdmin admin;
    private final String group;
    private final Map<TopicPartition, OffsetSpec> latest;

    /** Of the consumer group in the topic, which must exist. */
    public ScoringLag(Configuration options, String topic, String group) {
        this.group = group;
        admin = new KafkaAdmin(options);
        Map<String, TopicDescription> descriptions =
                admin.ask(kafka -> kafka.describeTopics(List.of(topic)).allTopicNames());
        latest =
                descriptions.values().stream()
                        .flatMap(description -> description.partitions().stream())
                        .map(TopicPartitionInfo::partition)
                        .map(partition -> new TopicPartition(topic, partition))
                        .collect(
                                Collectors.toMap(
                                        Function.identity(), partition -> OffsetSpec.latest()));
    }

    /** Records written to the topic and not yet scored and committed. */
    public long records() {
        Map<TopicPartition, @Nullable OffsetAndMetadata> committed =
                admin.ask(
                        kafka ->
                                kafka.listConsumerGroupOffsets(group)
                                        .partitionsToOffsetAndMetadata());
        long lag = 0;
        for (var end : admin.ask(kafka -> kafka.listOffsets(latest).all()).entrySet()) {
            OffsetAndMetadata read = committed.get(end.getKey());
            lag += end.getValue().offset() - (read == null ? 0 : read.offset());
        }
        return lag;
    }

    @Override
    public void close() {
        admin.close();
    }
}
