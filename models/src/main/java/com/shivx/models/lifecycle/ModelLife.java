package com.shivx.models.lifecycle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a model's life beside what serves. Lives in state: fields are only added,
 * and any may be null or 0 in what an earlier release stored.
 *
 * @param sequence number of the latest event
 * @param clock event time by the accuracy rows; null before any
 * @param retraining of its trainings; null before any
 * @param schedules in force, in the order they were set; null without
 * @param rollout under way; null without
 * @param symbols how many the champion's latest row with outcomes was of, {@link
 *     com.shivx.drift.accuracy.SymbolHashes#MOST} for as many or more; 0 while nobody knows
 */
public record ModelLife(
        long sequence,
        @Nullable EvidenceClock clock,
        @Nullable RetrainingState retraining,
        @Nullable List<Schedule> schedules,
        @Nullable RolloutState rollout,
        int symbols) {

    /** Of a model of which the latest event had that number; 0 of one without events. */
    public static ModelLife from(long sequence) {
        return new ModelLife(sequence, null, null, null, null, 0);
    }

    /**
     * The next instant of the clock at which something must happen although nothing arrives,
     * milliseconds; {@link Long#MAX_VALUE} for none.
     */
    public long wakeMillis() {
        long wake = Long.MAX_VALUE;
        if (retraining != null) {
            wake = Math.min(wake, earliest(retraining.deadlineMillis()));
            wake = Math.min(wake, earliest(retraining.cooldownUntilMillis()));
        }
        if (schedules != null) {
            for (Schedule schedule : schedules) {
                wake = Math.min(wake, earliest(schedule.nextMillis()));
            }
        }
        return rollout == null ? wake : Math.min(wake, earliest(rollout.step().deadlineMillis()));
    }

    private static long earliest(long millis) {
        return millis == 0 ? Long.MAX_VALUE : millis;
    }
}
