package com.shivx.jobs.log;

import com.shivx.jobs.wire.AvroCodec;
import com.shivx.models.wire.UnreadableRecordException;
import java.util.Comparator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the log must know of one kind of record. Holds buffers; not safe between threads.
 *
 * @param <T> such a record
 */
public interface LogRecords<T> {

    /**
     * The record of a topic's record.
     *
     * @throws UnreadableRecordException if there is none in it
     */
    T fromTopic(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException;

    /** How it stands in files. */
    AvroCodec<T> codec();

    /** The folder below the kind's in which it lies; the last is its event date's. */
    String partition(T record);

    /** Its event time, microseconds since the epoch. */
    long eventTimeMicros(T record);

    /** Its symbol. */
    String symbol(T record);

    /** The model version that made it, such as {@code direction@2.1.0}; null where none did. */
    @Nullable String version(T record);

    /**
     * Event time first. Equal are only repeats: one record that was logged twice, as by two
     * backfills into one folder.
     */
    Comparator<T> order();

    /** The record on its way to its file. */
    default LogEntry toEntry(T record) {
        return new LogEntry(partition(record), codec().write(record));
    }

    /** A topic's record on its way to its file. */
    default LogEntry toEntry(ConsumerRecord<byte[], byte[]> record)
            throws UnreadableRecordException {
        return toEntry(fromTopic(record));
    }
}
