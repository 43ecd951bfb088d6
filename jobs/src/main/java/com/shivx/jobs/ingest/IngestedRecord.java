package com.shivx.jobs.ingest;

import com.shivx.jobs.wire.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * What one record of a topic became: a value to go on with, or a dead letter, exactly one of them.
 * Each kind is a record of its own, since Flink must know its fields.
 *
 * @param <T> the kind of value
 */
public interface IngestedRecord<T> {

    /** What the record holds, or null. */
    @Nullable T value();

    /** What could not become a value, or null. */
    @Nullable DeadLetter deadLetter();
}
