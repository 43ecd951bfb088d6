package com.shivx.jobs.wire;

import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.UnreadableRecordException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record or row that could not be used, on its way to the topic {@code dead-letters}, where its
 * key and value are untouched and the rest stands in headers. Neither is longer than what any
 * broker takes, or the letter itself could not be sent.
 *
 * @param key the record's own key, its first {@link #KEPT_BYTES} where it is longer; or null
 * @param value the record's value, its first {@link #KEPT_BYTES} where it is longer
 * @param topic where it came from: topic, or name of a file
 * @param partition its partition; −1 for a row of a file
 * @param offset its offset, or the row in its file, from 1
 * @param reason why it could not be used
 * @param message the reason in a line for people, with the remedy
 * @param job who found it
 * @param length bytes of the whole value
 * @param sha256 of the whole value, in hexadecimal
 */
public record DeadLetter(
        byte @Nullable [] key,
        byte[] value,
        String topic,
        int partition,
        long offset,
        DeadLetterReason reason,
        String message,
        String job,
        long length,
        String sha256) {

    /** How much of a key and of a value is kept. */
    public static final int KEPT_BYTES = 64 * 1024;

    /** The partition of what comes from a file. */
    public static final int NO_PARTITION = -1;

    static final String HEADER_PREFIX = "shivx.error.";

    /** The dead letter of a record that was read. */
    public static DeadLetter of(
            ConsumerRecord<byte[], byte[]> record, UnreadableRecordException problem, String job) {
        return of(
                record.key(),
                record.value(),
                record.topic(),
                record.partition(),
                record.offset(),
                problem,
                job);
    }

    /** The dead letter of a whole value. */
    public static DeadLetter of(
            byte @Nullable [] key,
            byte @Nullable [] value,
            String topic,
            int partition,
            long offset,
            UnreadableRecordException problem,
            String job) {
        byte[] whole = value == null ? new byte[0] : value;
        return new DeadLetter(
                key == null ? null : kept(key),
                kept(whole),
                topic,
                partition,
                offset,
                problem.reason(),
                String.valueOf(problem.getMessage()),
                job,
                whole.length,
                new Sha256().update(whole, 0, whole.length).hex());
    }

    private static byte[] kept(byte[] whole) {
        return whole.length <= KEPT_BYTES ? whole : Arrays.copyOf(whole, KEPT_BYTES);
    }

    /** The headers of its record, by name, in UTF-8. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HEADER_PREFIX + "topic", topic);
        headers.put(HEADER_PREFIX + "partition", Integer.toString(partition));
        headers.put(HEADER_PREFIX + "offset", Long.toString(offset));
        headers.put(HEADER_PREFIX + "reason", reason.name());
        headers.put(HEADER_PREFIX + "message", message);
        headers.put(HEADER_PREFIX + "job", job);
        headers.put(HEADER_PREFIX + "length", Long.toString(length));
        headers.put(HEADER_PREFIX + "sha256", sha256);
        return headers;
    }
}
