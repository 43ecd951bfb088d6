package com.shivx.models.serving;

/**
 * Since when something is counted. Its all-zero self has not begun. Public fields, because it lives
 * in checkpoints.
 */
public final class WindowSpan {

    /** Whether anything is counted. */
    public boolean begun;

    /** Clock time of the first part, milliseconds. */
    public long startMillis;

    /** Event time of the first vector, microseconds. */
    public long sinceMicros;

    /** A part is counted. Of clocks that differ the earliest holds: no window waits for one. */
    void take(ServingPart part) {
        if (begun) {
            startMillis = Math.min(startMillis, part.clockMillis());
            sinceMicros = Math.min(sinceMicros, part.sinceMicros());
        } else {
            begun = true;
            startMillis = part.clockMillis();
            sinceMicros = part.sinceMicros();
        }
    }

    /** Whether it has lasted so long. */
    boolean isOver(long clockMillis, long lengthMillis) {
        return begun && clockMillis - startMillis >= lengthMillis;
    }
}
