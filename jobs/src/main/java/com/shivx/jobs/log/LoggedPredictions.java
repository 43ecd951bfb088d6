package com.shivx.jobs.log;

import com.shivx.jobs.wire.AvroCodec;
import com.shivx.jobs.wire.PredictionAvro;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Prediction;
import com.shivx.models.wire.UnreadableRecordException;
import java.util.Comparator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Predictions in the log: {@code event_date=2024-08-01}. */
public final class LoggedPredictions implements LogRecords<Prediction> {

    /** The id's parts after those of the vector. */
    static final Comparator<Prediction> ORDER =
            Comparator.comparingLong(Prediction::eventTimeMicros)
                    .thenComparing(Prediction::symbol)
                    .thenComparing(Prediction::vectorId)
                    .thenComparing(Prediction::modelId)
                    .thenComparing(Prediction::modelVersion);

    private final PredictionJson json = new PredictionJson();
    private final PredictionAvro avro = new PredictionAvro();
    private final EventDate dates = new EventDate();

    @Override
    public Prediction fromTopic(ConsumerRecord<byte[], byte[]> record)
            throws UnreadableRecordException {
        return json.readRecord(record.value());
    }

    @Override
    public AvroCodec<Prediction> codec() {
        return avro;
    }

    @Override
    public String partition(Prediction prediction) {
        return dates.folder(prediction.eventTimeMicros());
    }

    @Override
    public long eventTimeMicros(Prediction prediction) {
        return prediction.eventTimeMicros();
    }

    @Override
    public String symbol(Prediction prediction) {
        return prediction.symbol();
    }

    @Override
    public @Nullable String version(Prediction prediction) {
        return prediction.modelId() + "@" + prediction.modelVersion();
    }

    @Override
    public Comparator<Prediction> order() {
        return ORDER;
    }
}
