package com.shivx.bench.rig;

/**
 * How often each latency was met, to 20 µs; those of ten seconds and more are one. Quantiles are
 * those of the events, not of intervals.
 */
public final class Latencies {

    private static final int BUCKET_MICROS = 20;
    private static final int BUCKETS = 10_000_000 / BUCKET_MICROS;
    private static final double MICROS_PER_MILLI = 1000;

    private final int[] counts = new int[BUCKETS + 1];
    private long count;
    private long highestMicros;

    /** None so far. */
    public Latencies() {}

    /** One more; a negative one is none at all. */
    public void add(long micros) {
        counts[(int) Math.min(BUCKETS, Math.max(0, micros) / BUCKET_MICROS)]++;
        count++;
        highestMicros = Math.max(highestMicros, micros);
    }

    /** How many there are. */
    public long count() {
        return count;
    }

    /**
     * The least latency that is not exceeded by that share of the events, milliseconds; NaN of
     * none.
     */
    public double millis(double share) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts[bucket];
            if (seen >= rank && seen > 0) {
                return (bucket + 1) * BUCKET_MICROS / MICROS_PER_MILLI;
            }
        }
        return count == 0 ? Double.NaN : highestMillis();
    }

    /** The highest, however high; 0 of none. */
    public double highestMillis() {
        return highestMicros / MICROS_PER_MILLI;
    }
}
