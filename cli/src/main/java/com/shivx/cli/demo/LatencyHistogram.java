package com.shivx.cli.demo;

import com.shivx.models.serving.DurationBuckets;

/**
 * Quantiles of latencies in milliseconds, in constant memory: to the millisecond below 1,024 ms, to
 * 1/512 of the value above, up to about six days. Halved when it is full of old values, so that it
 * follows what happens now; not safe for several threads.
 */
final class LatencyHistogram {

    private static final DurationBuckets BUCKETS = new DurationBuckets(1_024, 20);
    private static final long REMEMBERED = 100_000;

    private final long[] counts = new long[BUCKETS.count()];
    private long total;

    void add(long millis) {
        counts[BUCKETS.of(millis)]++;
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
                return BUCKETS.lowest(bucket);
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
}
