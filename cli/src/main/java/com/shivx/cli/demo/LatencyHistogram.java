package com.shivx.cli.demo;

/**
 * Quantiles of latencies in milliseconds, in constant memory: to the millisecond below 1,024 ms, to
 * 1/512 of the value above, up to about six days. Halved when it is full of old values, so that it
 * follows what happens now; not safe for several threads.
 */
final class LatencyHistogram {

    private static final int EXACT = 1024;
    private static final int PER_OCTAVE = EXACT / 2;
    private static final int OCTAVES = 20;
    private static final long REMEMBERED = 100_000;

    private final long[] counts = new long[EXACT + OCTAVES * PER_OCTAVE];
    private long total;

    void add(long millis) {
        counts[bucket(Math.max(0, millis))]++;
        if (++total >= REMEMBERED) {
            halve();
        }
    }

    /**
     * The smallest latency that at least the share {@code quantile} of them do not exceed; NaN of
     * none.
     */
    double quantile(double quantile) {
        long rank = Math.max(1, (long) Math.ceil(quantile * total));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank && total > 0) {
                return lowerBound(bucket);
            }
        }
        return Double.NaN;
    }

    private void halve() {
        total = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] /= 2;
            total += counts[bucket];
        }
    }

    private static int bucket(long millis) {
        if (millis < EXACT) {
            return (int) millis;
        }
        int octave = 54 - Long.numberOfLeadingZeros(millis);
        int within = (int) (millis >>> octave) - PER_OCTAVE;
        return Math.min(
                EXACT + (octave - 1) * PER_OCTAVE + within, EXACT + OCTAVES * PER_OCTAVE - 1);
    }

    private static long lowerBound(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int octave = (bucket - EXACT) / PER_OCTAVE + 1;
        return (long) ((bucket - EXACT) % PER_OCTAVE + PER_OCTAVE) << octave;
    }
}
