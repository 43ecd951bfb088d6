package com.shivx.models.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * A training again and again at given times.
 *
 * @param name of the schedule, one of its model
 * @param times as {@link ScheduleTimes} reads them
 * @param fromMicros first event time to train on, microseconds; null: as configured
 * @param requestedBy who set it
 * @param nextMillis when it is due next, milliseconds of the clock
 */
public record Schedule(
        String name,
        String times,
        @Nullable Long fromMicros,
        String requestedBy,
        long nextMillis) {}
