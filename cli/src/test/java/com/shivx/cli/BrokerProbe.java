package com.shivx.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.shivx.local.CommittedRecords;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Reads from and writes to a broker as anyone outside would: committed records only. */
record BrokerProbe(String bootstrapServers) {

    /** All committed records of a topic up to its end as of now, partition by partition. */
    List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        return CommittedRecords.of(bootstrapServers, topic);
    }

    /** The values of all committed records of a topic, in no order. */
    List<String> values(String topic) {
        return committed(topic).stream().map(record -> new String(record.value(), UTF_8)).toList();
    }

    /** Writes values to a topic, and returns when the broker has them. */
    void send(String topic, Collection<String> values) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            values.forEach(
                    value -> producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8))));
            producer.flush();
        }
    }

    /** Writes a record once more, with everything that is on it. */
    void repeat(ConsumerRecord<byte[], byte[]> record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    record.topic(),
                                    null,
                                    record.key(),
                                    record.value(),
                                    record.headers()))
                    .get();
        }
    }
}
