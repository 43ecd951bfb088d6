package com.shivx.bench.pipeline;

import com.shivx.bench.rig.KafkaBytes;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.Topic;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Ticks from Kafka to Kafka, key and value untouched: what nothing that does more can exceed. */
final class IdentityJob {

    private IdentityJob() {}

    static void build(StreamExecutionEnvironment env, Configuration options) {
        env.fromSource(
                        Ends.ticks(options, new Reading()),
                        WatermarkStrategy.noWatermarks(),
                        "Ticks",
                        TypeInformation.of(KafkaBytes.class))
                .uid("ticks-source")
                .sinkTo(
                        new KafkaEnds(options, "identity")
                                .sink("predictions-sink", new Writing(options)))
                .name("Untouched")
                .uid("predictions-sink");
    }

    private static final class Reading implements KafkaRecordDeserializationSchema<KafkaBytes> {

        private static final long serialVersionUID = 1;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<KafkaBytes> out) {
            out.collect(new KafkaBytes(record.key(), record.value()));
        }

        @Override
        public TypeInformation<KafkaBytes> getProducedType() {
            return TypeInformation.of(KafkaBytes.class);
        }
    }

    private static final class Writing implements KafkaRecordSerializationSchema<KafkaBytes> {

        private static final long serialVersionUID = 1;

        private final String topic;

        Writing(ReadableConfig options) {
            topic = Topic.PREDICTIONS.name(options);
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                KafkaBytes element, KafkaSinkContext context, @Nullable Long timestamp) {
            return new ProducerRecord<>(topic, element.key(), element.value());
        }
    }
}
