package com.shivx.models.drift;

/**
 * Windows of event time, one beginning at every multiple of a <em>pane</em> since the epoch: an
 * {@code overlap}-th of their length. Where they do not overlap, a pane is a window. Rows are
 * counted by pane, so that each is counted once however many windows it lies in. A row belongs to a
 * pane by its microseconds; the engine's watermarks are milliseconds after which no earlier row
 * comes.
 *
 * <p>Windows that begin a whole number of lengths apart are of one <em>phase</em>. They do not
 * overlap, and what must not count a stretch of time twice goes by them.
 *
 * @param lengthMicros a whole number of milliseconds, at least one
 * @param overlap in how many windows each row lies, 1 to {@link #MAX_OVERLAP}; a pane must be a
 *     whole number of milliseconds, too
 */
public record DriftWindows(long lengthMicros, int overlap) {

    /** In so many windows a row may lie: of half an hour, one begins every 30 seconds. */
    public static final int MAX_OVERLAP = 60;

    private static final long MICROS_PER_MILLI = 1_000;

    public DriftWindows {
        if (overlap < 1 || overlap > MAX_OVERLAP) {
            throw new IllegalArgumentException(
                    "%d windows overlap; let drift.overlap be 1 to %d"
                            .formatted(overlap, MAX_OVERLAP));
        }
        if (lengthMicros < MICROS_PER_MILLI || lengthMicros % MICROS_PER_MILLI != 0) {
            throw new IllegalArgumentException(
                    "a window of %d µs; measure the reference with a whole number of milliseconds"
                            .formatted(lengthMicros));
        }
        if (lengthMicros % (overlap * MICROS_PER_MILLI) != 0) {
            throw new IllegalArgumentException(
                    "windows of %d ms do not begin every %dth of it on a whole millisecond; let drift.overlap divide it"
                            .formatted(lengthMicros / MICROS_PER_MILLI, overlap));
        }
    }

    /** Start of the pane that a row lies in. */
    public long paneMicros(long eventTimeMicros) {
        return eventTimeMicros - Math.floorMod(eventTimeMicros, paneLengthMicros());
    }

    /** First microsecond after a pane. */
    public long paneEndMicros(long startMicros) {
        return startMicros + paneLengthMicros();
    }

    /** First microsecond after a window. */
    public long endMicros(long startMicros) {
        return startMicros + lengthMicros;
    }

    /** The last millisecond of a window: a watermark of as much closes it. */
    public long lastMillis(long startMicros) {
        return lastMillisBefore(endMicros(startMicros));
    }

    /** The last millisecond of what ends there. */
    public static long lastMillisBefore(long endMicros) {
        return Math.floorDiv(endMicros, MICROS_PER_MILLI) - 1;
    }

    /** Start of the last window that holds what a watermark has not closed. */
    public long startAfterMicros(long watermarkMillis) {
        return paneMicros((watermarkMillis + 1) * MICROS_PER_MILLI);
    }

    /** Start of the first window that begins there or later. */
    public long startFromMicros(long micros) {
        return paneMicros(micros + paneLengthMicros() - 1);
    }

    /** Of which phase a window is, 0 to {@code overlap − 1}. */
    public int phase(long startMicros) {
        return (int) (Math.floorMod(startMicros, lengthMicros) / paneLengthMicros());
    }

    private long paneLengthMicros() {
        return lengthMicros / overlap;
    }
}
