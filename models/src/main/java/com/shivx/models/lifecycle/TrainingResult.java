package com.shivx.models.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * How a requested training goes.
 *
 * @param requestId of the {@link RetrainRequest}
 * @param model the model line
 * @param kind how it goes
 * @param attempt from 1
 * @param version that was registered, such as 2.2.0; null if none was
 * @param reason what happened, one line; with the remedy where somebody must act
 */
public record TrainingResult(
        String requestId,
        String model,
        Kind kind,
        int attempt,
        @Nullable String version,
        String reason) {

    /** How a training goes. */
    public enum Kind {
        /** The attempt runs. */
        STARTED,
        /** The attempt failed, and another follows. */
        RETRYING,
        /** A version is registered, and better than what serves: a rollout is asked for. */
        SUCCEEDED,
        /** Training or validation ended, and nothing shall change. */
        REFUSED,
        /** Every attempt failed. */
        FAILED;

        /** Whether the request is over, so that the next may be made. */
        public boolean isFinal() {
            return switch (this) {
                case STARTED, RETRYING -> false;
                case SUCCEEDED, REFUSED, FAILED -> true;
            };
        }
    }
}
