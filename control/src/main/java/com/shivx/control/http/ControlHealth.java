package com.shivx.control.http;

import org.jspecify.annotations.Nullable;

/**
 * How the control service is.
 *
 * @param state in a word
 * @param reason why it is not up; null where it is
 */
public record ControlHealth(State state, @Nullable String reason) {

    public static final ControlHealth STARTING =
            new ControlHealth(State.STARTING, "the topics are being read");

    public static final ControlHealth UP = new ControlHealth(State.UP, null);

    /** How it can be. */
    public enum State {
        /** It does not know everything yet. */
        STARTING,
        UP,
        /** It has lost Kafka, and tries again. */
        INTERRUPTED,
        /** It has given up. */
        FAILED
    }
}
