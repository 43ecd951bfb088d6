package com.shivx.bench.rig;

import com.shivx.jobs.options.KafkaOptions;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far readers and writers of topics have come, all partitions together. */
public final class Offsets {

    private final Rig rig;
    private final int partitions;

    /** Offsets on the rig's broker. */
    public Offsets(Rig rig) {
        this.rig = rig;
        Configuration options = rig.options();
        partitions = options.get(KafkaOptions.PARTITIONS);
    }

    /** Records that the group has said it is done with. */
    public long done(String group, String topic) throws InterruptedException {
        Map<TopicPartition, @Nullable OffsetAndMetadata> committed =
                Rig.await(
                        rig.admin()
                                .listConsumerGroupOffsets(group)
                                .partitionsToOffsetAndMetadata());
        long done = 0;
        for (var entry : committed.entrySet()) {
            OffsetAndMetadata offset = entry.getValue();
            if (offset != null && entry.getKey().topic().equals(topic)) {
                done += offset.offset();
            }
        }
        return done;
    }

    /** Records, and a few marks of transactions, that a read-committed consumer sees. */
    public long committed(String topic) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                IntStream.range(0, partitions)
                        .boxed()
                        .collect(
                                Collectors.toMap(
                                        partition -> new TopicPartition(topic, partition),
                                        partition -> OffsetSpec.latest()));
        return Rig.await(
                        rig.admin()
                                .listOffsets(
                                        latest,
                                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .all())
                .values()
                .stream()
                .mapToLong(info -> info.offset())
                .sum();
    }
}
