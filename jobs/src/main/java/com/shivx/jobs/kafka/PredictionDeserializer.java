package com.shivx.jobs.kafka;

import com.shivx.features.TickId;
import com.shivx.jobs.ingest.IngestedPrediction;
import com.shivx.jobs.wire.DeadLetter;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Prediction;
import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.UnreadableRecordException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads records of the topic {@code predictions}; one that is no prediction of a tick becomes a
 * dead letter, never an error.
 */
final class PredictionDeserializer implements KafkaRecordDeserializationSchema<IngestedPrediction> {

    private static final long serialVersionUID = 1;

    private final String job;

    private transient PredictionJson json;

    /**
     * A reader for one job.
     *
     * @param job the job's name on dead letters
     */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    PredictionDeserializer(String job) {
        this.job = job;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        json = new PredictionJson();
    }

    @Override
    public void deserialize(
            ConsumerRecord<byte[], byte[]> record, Collector<IngestedPrediction> out) {
        try {
            out.collect(new IngestedPrediction(read(record.value()), null));
        } catch (UnreadableRecordException e) {
            out.collect(new IngestedPrediction(null, DeadLetter.of(record, e, job)));
        }
    }

    private Prediction read(byte[] value) throws UnreadableRecordException {
        Prediction prediction = json.readRecord(value);
        try {
            TickId id = TickId.ofVector(prediction.vectorId());
            if (id.eventTimeMicros() == prediction.eventTimeMicros()) {
                return prediction;
            }
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(
                    DeadLetterReason.WRONG_TYPE, "vector_id: " + e.getMessage());
        }
        throw new UnreadableRecordException(
                DeadLetterReason.WRONG_TYPE,
                "event_time_micros is %d where vector_id says otherwise: write the vector's"
                        .formatted(prediction.eventTimeMicros()));
    }

    @Override
    public TypeInformation<IngestedPrediction> getProducedType() {
        return TypeInformation.of(IngestedPrediction.class);
    }
}
