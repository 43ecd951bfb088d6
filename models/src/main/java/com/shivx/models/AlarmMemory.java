package com.shivx.models;

/**
 * Whether an alarm is raised, and when it was raised last: it is told once, cleared once, and not
 * raised again before its cooldown is over. Times are event times, or the clock's for alarms that
 * go by it. Its all-zero self was never raised. Public fields, because it lives in checkpoints.
 */
public final class AlarmMemory {

    /** Whether it is raised now. */
    public boolean raised;

    /** Whether it ever was. */
    public boolean known;

    /** When it was raised last, microseconds. */
    public long raisedMicros;

    /** What changes. */
    public enum Change {
        NOTHING,
        RAISE,
        CLEAR
    }

    /**
     * What follows from how things are now, and remembers it.
     *
     * @param isTrouble whether there is something to raise an alarm for
     * @param nowMicros what time it is
     * @param cooldownMicros time from one raising to the next, at least
     */
    public Change update(boolean isTrouble, long nowMicros, long cooldownMicros) {
        if (!isTrouble) {
            boolean wasRaised = raised;
            raised = false;
            return wasRaised ? Change.CLEAR : Change.NOTHING;
        }
        if (raised || (known && nowMicros - raisedMicros < cooldownMicros)) {
            return Change.NOTHING;
        }
        raised = true;
        known = true;
        raisedMicros = nowMicros;
        return Change.RAISE;
    }
}
