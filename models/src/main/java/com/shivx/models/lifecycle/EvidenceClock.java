package com.shivx.models.lifecycle;

/**
 * Event time as the accuracy rows of a model tell it. A row far from all before it does not move
 * it, until another confirms: so one with a strange time ends nothing early, and a tape that is
 * played again from its beginning is followed.
 *
 * @param micros the latest end of a window, microseconds; 0 before any
 * @param doubtedMicros the end of a window far from it that waits for another; 0 without
 */
public record EvidenceClock(long micros, long doubtedMicros) {

    /** Before any row. */
    public static final EvidenceClock START = new EvidenceClock(0, 0);

    /** So far a row may be from the others: a week, as ticks may be from those of their symbol. */
    private static final long NEAR_MICROS = 7L * 86_400 * 1_000_000;

    /** The clock after a row whose window ends there. */
    EvidenceClock after(long endMicros) {
        if (micros == 0 || isNear(endMicros, micros)) {
            return new EvidenceClock(Math.max(micros, endMicros), 0);
        }
        return doubtedMicros != 0 && isNear(endMicros, doubtedMicros)
                ? new EvidenceClock(endMicros, 0)
                : new EvidenceClock(micros, endMicros);
    }

    private static boolean isNear(long a, long b) {
        return a >= b - NEAR_MICROS && a <= b + NEAR_MICROS;
    }
}
