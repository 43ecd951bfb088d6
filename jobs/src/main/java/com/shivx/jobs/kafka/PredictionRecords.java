package com.shivx.jobs.kafka;

import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Prediction;
import com.shivx.operators.scoring.ScoredPrediction;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes predictions, keyed by symbol. The record's time is when it is written; what tells latency
 * stands in a header.
 */
public final class PredictionRecords implements KafkaRecordSerializationSchema<ScoredPrediction> {

    /**
     * Header with the time the tick's record was written, milliseconds since the epoch in decimal.
     */
    public static final String TICK_WRITTEN_HEADER = "shivx.tick.written.millis";

    private static final long serialVersionUID = 1;

    private final String topic;
    private transient PredictionJson json;

    /** Records for the topic that the options name. */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public PredictionRecords(ReadableConfig options) {
        topic = Topic.PREDICTIONS.name(options);
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        json = new PredictionJson();
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            ScoredPrediction element, KafkaSinkContext context, @Nullable Long timestamp) {
        Prediction prediction = element.prediction();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic,
                        prediction.symbol().getBytes(StandardCharsets.UTF_8),
                        json.write(prediction));
        record.headers()
                .add(
                        TICK_WRITTEN_HEADER,
                        Long.toString(element.writtenMillis()).getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
