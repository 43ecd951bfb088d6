package com.shivx.jobs.kafka;

import com.shivx.jobs.wire.OutcomeJson;
import com.shivx.models.outcome.Outcome;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes outcomes, keyed by symbol. */
public final class OutcomeRecords implements KafkaRecordSerializationSchema<Outcome> {

    private static final long serialVersionUID = 1;

    private final String topic;
    private transient OutcomeJson json;

    /** Records for the topic that the options name. */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public OutcomeRecords(ReadableConfig options) {
        topic = Topic.OUTCOMES.name(options);
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        json = new OutcomeJson();
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Outcome outcome, KafkaSinkContext context, @Nullable Long timestamp) {
        return new ProducerRecord<>(
                topic,
                outcome.prediction().symbol().getBytes(StandardCharsets.UTF_8),
                json.write(outcome));
    }
}
