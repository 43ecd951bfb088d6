package com.shivx.bench.rig;

import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.Topic;
import java.util.Collection;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records from Kafka to Kafka, key and value untouched: what nothing that does more can exceed. */
public final class IdentityJob {

    private IdentityJob() {}

    /** From these topics to that one. */
    public static void build(
            StreamExecutionEnvironment env,
            Configuration options,
            Collection<Topic> from,
            Topic to) {
        env.fromSource(
                        RawTopics.source(options, from, new Reading()),
                        WatermarkStrategy.noWatermarks(),
                        "Untouched",
                        TypeInformation.of(KafkaBytes.class))
                .uid("identity-source")
                .sinkTo(
                        new KafkaEnds(options, "identity")
                                .sink("identity-sink", new Writing(to.name(options))))
                .name("As they came")
                .uid("identity-sink");
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

        Writing(String topic) {
            this.topic = topic;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                KafkaBytes element, KafkaSinkContext context, @Nullable Long timestamp) {
            return new ProducerRecord<>(topic, element.key(), element.value());
        }
    }
}
