package com.shivx.jobs.kafka;

import com.shivx.jobs.wire.SetAsideJson;
import com.shivx.operators.features.SetAside;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes ticks that were not used, keyed by symbol. */
public final class SetAsideRecords implements KafkaRecordSerializationSchema<SetAside> {

    private static final long serialVersionUID = 1;

    private final String topic;
    private transient SetAsideJson json;

    /** Records for the topic that the options name. */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public SetAsideRecords(ReadableConfig options) {
        topic = Topic.SET_ASIDE.name(options);
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        json = new SetAsideJson();
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            SetAside element, KafkaSinkContext context, @Nullable Long timestamp) {
        return new ProducerRecord<>(
                topic,
                element.tick().symbol().getBytes(StandardCharsets.UTF_8),
                json.write(element.tick(), element.reason()));
    }
}
