package com.shivx.models.validation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Event times from the first on, up to but without the last.
 *
 * @param fromMicros microseconds since the epoch, in it
 * @param untilMicros microseconds since the epoch, no longer in it; above the first
 */
public record Span(long fromMicros, long untilMicros) {

    public Span {
        if (untilMicros <= fromMicros) {
            throw new IllegalArgumentException(
                    "a span from %s until %s holds no time; give a later end"
                            .formatted(text(fromMicros), text(untilMicros)));
        }
    }

    /** Whether a moment lies in it. */
    public boolean holds(long eventTimeMicros) {
        return fromMicros <= eventTimeMicros && eventTimeMicros < untilMicros;
    }

    /** Such as {@code 2024-08-01T00:00:00Z to 2024-08-19T00:00:00Z}. */
    @Override
    public String toString() {
        return text(fromMicros) + " to " + text(untilMicros);
    }

    private static String text(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
