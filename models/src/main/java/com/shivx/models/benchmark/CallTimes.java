package com.shivx.models.benchmark;

/**
 * Quantiles of times in nanoseconds in constant memory: exact below 128 ns, above it to 1/64 of the
 * value. Not thread-safe.
 */
final class CallTimes {

    private static final int EXACT = 128;
    private static final int PER_OCTAVE = EXACT / 2;
    private static final int OCTAVES = Long.SIZE - Integer.numberOfTrailingZeros(EXACT);

    private final long[] counts = new long[EXACT + OCTAVES * PER_OCTAVE];
    private long count;
    private long sum;

    /** A clock that went backwards counts as none. */
    void add(long nanos) {
        long time = Math.max(0, nanos);
        counts[bucket(time)]++;
        count++;
        sum += time;
    }

    long count() {
        return count;
    }

    /** All times together. */
    long sumNanos() {
        return sum;
    }

    /**
     * The lower end of the bucket of the smallest time that at least that share does not exceed; 0
     * of no times.
     *
     * @param share above 0, at most 1
     */
    long quantileNanos(double share) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank && seen > 0) {
                return lowerBound(bucket);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        if (nanos < EXACT) {
            return (int) nanos;
        }
        int shift = Long.SIZE - Long.numberOfLeadingZeros(nanos / PER_OCTAVE) - 1;
        return EXACT + (shift - 1) * PER_OCTAVE + (int) (nanos >>> shift) - PER_OCTAVE;
    }

    private static long lowerBound(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int shift = (bucket - EXACT) / PER_OCTAVE + 1;
        return ((bucket - EXACT) % PER_OCTAVE + (long) PER_OCTAVE) << shift;
    }
}
