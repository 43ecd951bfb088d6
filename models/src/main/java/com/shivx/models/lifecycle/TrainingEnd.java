package com.shivx.models.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * How a training that somebody has requested ended, as it tells itself.
 *
 * @param requestId of the {@link RetrainRequest}
 * @param model the model line
 * @param kind what came of it
 * @param version that was registered, such as 2.2.0; null if none was
 * @param champion the version that it was compared with, such as 2.1.0; null if with none
 * @param reason what decided, one line
 */
public record TrainingEnd(
        String requestId,
        String model,
        Kind kind,
        @Nullable String version,
        @Nullable String champion,
        String reason) {

    /** Under this name a training leaves it behind with its job, as JSON. */
    public static final String ACCUMULATOR = "training-end";

    /** What can come of a training. */
    public enum Kind {
        /** A version is registered, and there was none in production to compare it with. */
        REGISTERED,
        /** A version is registered, and shown to be better than the one in production. */
        PROMOTE,
        /** A version is registered, and not shown to be better. */
        KEEP,
        /** There is too little to tell, or nothing that could be compared. */
        INCONCLUSIVE,
        /** The model knows nothing that could be shown, and is not registered. */
        REFUSED,
        /** No model came of it. */
        FAILED
    }
}
