package com.shivx.models.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * A new version shall be trained. At most one of a model is open at a time; a final {@link
 * TrainingResult} of the same id ends it.
 *
 * @param requestId the same for every attempt
 * @param model the model line
 * @param cause what set it off
 * @param reason why, one line, such as the alarm's
 * @param fromMicros first event time to train on, microseconds; null: as far back as is configured
 * @param requestedBy who asked; of alarms and schedules the lifecycle itself
 */
public record RetrainRequest(
        String requestId,
        String model,
        Cause cause,
        String reason,
        @Nullable Long fromMicros,
        String requestedBy) {

    /** What sets a training off. */
    public enum Cause {
        ALARM,
        SCHEDULE,
        COMMAND
    }
}
