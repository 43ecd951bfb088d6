package com.shivx.bench.rig;

import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import java.util.Collection;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The source that the jobs beside ours have: as ours, with another reading of the records. */
public final class RawTopics {

    private RawTopics() {}

    /** Everything in these topics from the beginning, committed records only. */
    public static <T> KafkaSource<T> source(
            Configuration options,
            Collection<Topic> topics,
            KafkaRecordDeserializationSchema<T> reading) {
        return KafkaSource.<T>builder()
                .setBootstrapServers(options.get(KafkaOptions.BOOTSTRAP_SERVERS))
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setGroupId(options.get(KafkaOptions.GROUP_ID))
                .setTopics(topics.stream().map(topic -> topic.name(options)).toList())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(reading)
                .build();
    }
}
