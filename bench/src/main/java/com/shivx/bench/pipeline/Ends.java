package com.shivx.bench.pipeline;

import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.KafkaOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The source that the jobs beside ours have: as ours, with another reading of the records. */
final class Ends {

    private Ends() {}

    static <T> KafkaSource<T> ticks(
            Configuration options, KafkaRecordDeserializationSchema<T> reading) {
        return KafkaSource.<T>builder()
                .setBootstrapServers(options.get(KafkaOptions.BOOTSTRAP_SERVERS))
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setGroupId(options.get(KafkaOptions.GROUP_ID))
                .setTopics(Topic.TICKS.name(options))
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(reading)
                .build();
    }
}
