package com.shivx.models.outcome;

/** When slices of a horizon are counted. */
public final class VoteRules {

    /** Symbols whose deciding tick comes later have no say. */
    private static final long PATIENCE_MICROS = 10_000_000;

    private static final long MICROS_PER_MILLI = 1_000;

    private VoteRules() {}

    /**
     * When all that vote in a slice have: its last prediction is due a horizon after its end, and
     * ticks of quiet symbols are waited for for ten seconds. Milliseconds of event time.
     */
    public static long countedMillis(long slice, long horizonMicros) {
        return Math.floorDiv((slice + 2) * horizonMicros + PATIENCE_MICROS, MICROS_PER_MILLI);
    }
}
