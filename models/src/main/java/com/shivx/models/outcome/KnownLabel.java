package com.shivx.models.outcome;

/**
 * A label from outside, kept for predictions that come after it. Lives in state.
 *
 * @param label what it says
 * @param used whether a prediction was found that it is about
 */
public record KnownLabel(ExternalLabel label, boolean used) {

    /** Event time of the predictions it is about, microseconds since the epoch. */
    public long micros() {
        return label.eventTimeMicros();
    }
}
