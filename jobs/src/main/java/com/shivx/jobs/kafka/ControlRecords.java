package com.shivx.jobs.kafka;

import com.shivx.models.wire.ControlJson;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes records of a control topic, keyed by model. */
public final class ControlRecords<T> implements KafkaRecordSerializationSchema<T> {

    private static final long serialVersionUID = 1;

    private final String topic;
    private final ControlJson<T> json;

    /** Records for a topic under the name that the options give it. */
    public ControlRecords(ReadableConfig options, Topic topic, ControlJson<T> json) {
        this.topic = topic.name(options);
        this.json = json;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            T element, KafkaSinkContext context, @Nullable Long timestamp) {
        return new ProducerRecord<>(topic, json.key(element), json.write(element));
    }
}
