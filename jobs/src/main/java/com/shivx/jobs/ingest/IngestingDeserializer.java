package com.shivx.jobs.ingest;

import com.shivx.jobs.wire.DeadLetter;
import com.shivx.models.wire.UnreadableRecordException;
import java.io.Serializable;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of one topic; one that cannot be read becomes a dead letter, never an error.
 *
 * @param <T> what a record holds
 * @param <I> what comes of it
 */
public final class IngestingDeserializer<T, I extends IngestedRecord<T>>
        implements KafkaRecordDeserializationSchema<I> {

    private static final long serialVersionUID = 1;

    private final Class<I> type;
    private final Readers<T> readers;
    private final Ingesting<T, I> ingesting;
    private final String job;

    private transient RecordReader<T> reader;

    /** Makes the reader of one subtask, which may hold buffers. */
    @FunctionalInterface
    public interface Readers<T> extends Serializable {

        /** A new one. */
        RecordReader<T> reader();
    }

    /** Takes a value out of a record. */
    @FunctionalInterface
    public interface RecordReader<T> {

        /**
         * The value of a record.
         *
         * @throws UnreadableRecordException if there is none in it
         */
        T read(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException;
    }

    /** Lays either into one record. */
    @FunctionalInterface
    public interface Ingesting<T, I> extends Serializable {

        /** Of a value or a dead letter, exactly one of which is not null. */
        I of(@Nullable T value, @Nullable DeadLetter deadLetter);
    }

    /**
     * A reader for one job.
     *
     * @param job the job's name on dead letters
     */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public IngestingDeserializer(
            Class<I> type, Readers<T> readers, Ingesting<T, I> ingesting, String job) {
        this.type = type;
        this.readers = readers;
        this.ingesting = ingesting;
        this.job = job;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reader = readers.reader();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<I> out) {
        try {
            out.collect(ingesting.of(reader.read(record), null));
        } catch (UnreadableRecordException e) {
            out.collect(ingesting.of(null, DeadLetter.of(record, e, job)));
        }
    }

    @Override
    public TypeInformation<I> getProducedType() {
        return TypeInformation.of(type);
    }
}
