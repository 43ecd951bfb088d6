package com.shivx.jobs.log;

import com.shivx.jobs.wire.AvroCodec;
import com.shivx.jobs.wire.OutcomeAvro;
import com.shivx.jobs.wire.OutcomeJson;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.wire.UnreadableRecordException;
import java.util.Comparator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes in the log, each revision a row: {@code event_date=2024-08-01}, the date of the
 * prediction and so of its vector, however long the horizon is. What another rule has decided of
 * the same is no repeat.
 */
public final class LoggedOutcomes implements LogRecords<Outcome> {

    private static final Comparator<Outcome> ORDER =
            Comparator.comparing(Outcome::prediction, LoggedPredictions.ORDER)
                    .thenComparingLong(Outcome::horizonMicros)
                    .thenComparingInt(Outcome::revision)
                    .thenComparing(Outcome::thresholdKind)
                    .thenComparingDouble(Outcome::takerFeeBps);

    private final OutcomeJson json = new OutcomeJson();
    private final OutcomeAvro avro = new OutcomeAvro();
    private final EventDate dates = new EventDate();

    @Override
    public Outcome fromTopic(ConsumerRecord<byte[], byte[]> record)
            throws UnreadableRecordException {
        return json.readRecord(record.value());
    }

    @Override
    public AvroCodec<Outcome> codec() {
        return avro;
    }

    @Override
    public String partition(Outcome outcome) {
        return dates.folder(eventTimeMicros(outcome));
    }

    @Override
    public long eventTimeMicros(Outcome outcome) {
        return outcome.prediction().eventTimeMicros();
    }

    @Override
    public String symbol(Outcome outcome) {
        return outcome.prediction().symbol();
    }

    @Override
    public @Nullable String version(Outcome outcome) {
        return outcome.prediction().modelId() + "@" + outcome.prediction().modelVersion();
    }

    @Override
    public Comparator<Outcome> order() {
        return ORDER;
    }
}
