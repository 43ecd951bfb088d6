package com.shivx.models.drift;

/**
 * Windows of event time that do not overlap, each beginning at a multiple of their length since the
 * epoch. A row belongs to a window by its microseconds; the engine's watermarks are milliseconds
 * after which no earlier row comes.
 *
 * @param lengthMicros a whole number of milliseconds, at least one
 */
public record DriftWindows(long lengthMicros) {

    private static final long MICROS_PER_MILLI = 1_000;

    public DriftWindows {
        if (lengthMicros < MICROS_PER_MILLI || lengthMicros % MICROS_PER_MILLI != 0) {
            throw new IllegalArgumentException(
                    "a window of %d µs; measure the reference with a whole number of milliseconds"
                            .formatted(lengthMicros));
        }
    }

    /** Start of the window that a row lies in. */
    public long startMicros(long eventTimeMicros) {
        return eventTimeMicros - Math.floorMod(eventTimeMicros, lengthMicros);
    }

    /** First microsecond after a window. */
    public long endMicros(long startMicros) {
        return startMicros + lengthMicros;
    }

    /** The last millisecond of a window: a watermark of as much closes it. */
    public long lastMillis(long startMicros) {
        return lastMillisBefore(endMicros(startMicros));
    }

    /** The last millisecond of a window that ends there. */
    public static long lastMillisBefore(long endMicros) {
        return Math.floorDiv(endMicros, MICROS_PER_MILLI) - 1;
    }

    /** Start of the first window that a watermark has not closed. */
    public long startAfterMicros(long watermarkMillis) {
        return startMicros((watermarkMillis + 1) * MICROS_PER_MILLI);
    }
}
