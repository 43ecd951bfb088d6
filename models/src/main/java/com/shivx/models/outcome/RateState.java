package com.shivx.models.outcome;

/**
 * When a model's outcomes came last. Its all-zero self has seen none. Public fields, because it
 * lives in checkpoints.
 */
public final class RateState {

    /** Whether any came. */
    public boolean seen;

    /** Clock time by which more must have come, milliseconds. */
    public long deadlineMillis;

    /** Event time up to which outcomes have been told, microseconds. */
    public long lastMicros;

    /** Whether the alarm is raised. */
    public boolean raised;
}
