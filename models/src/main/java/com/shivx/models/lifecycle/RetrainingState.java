package com.shivx.models.lifecycle;

import com.shivx.models.Alarm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a model's trainings.
 *
 * @param running the one that has not ended; null without
 * @param deadlineMillis when it is no longer waited for, milliseconds of the clock; 0 without one
 * @param cooldownUntilMicros event time at which the next may be made for an alarm or a schedule,
 *     microseconds; 0 where event time was not known when the latest ended, or it may be made
 * @param cooldownUntilMillis the same by the clock, milliseconds; 0 when it may be made
 * @param standing alarms that were raised and not cleared, the oldest first; null is none
 */
public record RetrainingState(
        @Nullable RetrainRequest running,
        long deadlineMillis,
        long cooldownUntilMicros,
        long cooldownUntilMillis,
        @Nullable List<Alarm> standing) {

    /** Before any training. */
    static final RetrainingState NONE = new RetrainingState(null, 0, 0, 0, List.of());

    /** Whether the latest training ended too lately. */
    boolean isCooling() {
        return cooldownUntilMillis != 0;
    }

    List<Alarm> alarms() {
        return standing == null ? List.of() : standing;
    }

    RetrainingState with(List<Alarm> alarms) {
        return new RetrainingState(
                running,
                deadlineMillis,
                cooldownUntilMicros,
                cooldownUntilMillis,
                List.copyOf(alarms));
    }
}
