package com.shivx.jobs.kafka;

import com.shivx.features.TickId;
import com.shivx.jobs.ingest.IngestingDeserializer;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Prediction;
import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.UnreadableRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of the topic {@code predictions}: each a prediction of a tick. */
final class PredictionReader implements IngestingDeserializer.RecordReader<Prediction> {

    private final PredictionJson json = new PredictionJson();

    @Override
    public Prediction read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        Prediction prediction = json.readRecord(record.value());
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
}
