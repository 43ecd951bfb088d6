package com.shivx.jobs.ingest;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * What one record or row of a source became: a tick or a dead letter, exactly one of them.
 *
 * @param tick the tick, or null
 * @param deadLetter what could not become a tick, or null
 * @param writtenMillis when the record was written to Kafka, milliseconds since the epoch; 0 for a
 *     row of a file
 */
public record Ingested(@Nullable Tick tick, @Nullable DeadLetter deadLetter, long writtenMillis) {

    /** A tick read from Kafka, or from a file with 0. */
    public static Ingested tick(Tick tick, long writtenMillis) {
        return new Ingested(tick, null, writtenMillis);
    }

    /** A record that is no tick. */
    public static Ingested deadLetter(DeadLetter deadLetter) {
        return new Ingested(null, deadLetter, 0);
    }
}
