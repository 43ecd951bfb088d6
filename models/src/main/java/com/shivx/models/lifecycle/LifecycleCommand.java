package com.shivx.models.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * Somebody wants something done with a model line, other than that a version serves. Comes from
 * outside: whoever decides it checks every field.
 *
 * @param requestId chosen by who asks; a repeated one is ignored
 * @param model the model line
 * @param kind what is wanted
 * @param schedule name of the schedule; null where none is meant
 * @param times when the schedule is due, such as {@code daily 06:30} or five fields of cron, in
 *     UTC; null but for {@link Kind#SET_SCHEDULE}
 * @param fromMicros first event time to train on, microseconds; null: as configured
 * @param reason why, one line; null if not said
 * @param requestedBy who asks
 */
public record LifecycleCommand(
        String requestId,
        String model,
        Kind kind,
        @Nullable String schedule,
        @Nullable String times,
        @Nullable Long fromMicros,
        @Nullable String reason,
        String requestedBy) {

    /** What can be wanted. */
    public enum Kind {
        /** A new version is trained. */
        RETRAIN,
        /** It is, again and again, at given times. */
        SET_SCHEDULE,
        /** It is no longer. */
        REMOVE_SCHEDULE,
        /**
         * The rollout under way stays where it is, whatever the evidence; guardrails still hold.
         */
        PAUSE,
        /** It goes on. */
        RESUME,
        /** It takes its next step now, evidence or not. */
        PROMOTE,
        /** It ends, and what served before serves again. */
        ABORT
    }
}
