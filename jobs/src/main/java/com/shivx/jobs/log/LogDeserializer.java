package com.shivx.jobs.log;

import com.shivx.jobs.wire.DeadLetter;
import com.shivx.models.wire.UnreadableRecordException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads records of one kind's topic; one that is none becomes a dead letter, never an error. They
 * are written anew, not copied, so that a file holds one schema and nothing that cannot be read.
 */
public final class LogDeserializer implements KafkaRecordDeserializationSchema<LogIngested> {

    private static final long serialVersionUID = 1;

    private final LogKind kind;
    private final String job;

    private transient LogRecords<?> records;

    /**
     * A reader of one kind.
     *
     * @param job the job's name on dead letters
     */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public LogDeserializer(LogKind kind, String job) {
        this.kind = kind;
        this.job = job;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        records = kind.records();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<LogIngested> out) {
        try {
            out.collect(new LogIngested(records.toEntry(record), null));
        } catch (UnreadableRecordException e) {
            out.collect(new LogIngested(null, DeadLetter.of(record, e, job)));
        }
    }

    @Override
    public TypeInformation<LogIngested> getProducedType() {
        return TypeInformation.of(LogIngested.class);
    }
}
