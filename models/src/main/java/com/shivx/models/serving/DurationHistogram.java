package com.shivx.models.serving;

/**
 * How often durations were met, in buckets that are the same everywhere, so that histograms add up.
 * Whole numbers of whatever unit: to the unit below 64, above to 1/32 of the value, up to 2^26 − 1;
 * what is longer is in the last bucket, what is below 0 in the first. Its all-zero self is empty.
 * Public field, because it travels and lives in checkpoints.
 */
public final class DurationHistogram {

    private static final DurationBuckets BY_SIZE = new DurationBuckets(64, 20);

    private static final int BUCKETS = BY_SIZE.count();

    /** By bucket; without any before the first duration. */
    public long[] counts = new long[0];

    /** One more. */
    public void add(long duration) {
        if (counts.length == 0) {
            counts = new long[BUCKETS];
        }
        counts[BY_SIZE.of(duration)]++;
    }

    /** All of another, which stays as it is. */
    public void add(DurationHistogram other) {
        if (other.counts.length == 0) {
            return;
        }
        if (counts.length == 0) {
            counts = new long[BUCKETS];
        }
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
    }

    /** How many there are. */
    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /**
     * The quantile that so large a share of them does not exceed, rounded down to its bucket: the
     * duration of rank ⌈share·n⌉.
     *
     * @param share above 0, at most 1
     * @return 0 of none
     */
    public long quantile(double share) {
        return atLeast((long) Math.ceil(share * total()));
    }

    /**
     * What the duration of a rank is at least.
     *
     * @param rank 1 is the shortest; ranks beyond are taken for the nearest
     * @return 0 of none
     */
    public long atLeast(long rank) {
        int bucket = bucketAt(rank);
        return bucket < 0 ? 0 : BY_SIZE.lowest(bucket);
    }

    /**
     * What the duration of a rank is at most.
     *
     * @param rank as above
     * @return 0 of none; the greatest of all numbers where it is in the last bucket
     */
    public long atMost(long rank) {
        int bucket = bucketAt(rank);
        if (bucket < 0) {
            return 0;
        }
        return bucket == BUCKETS - 1 ? Long.MAX_VALUE : BY_SIZE.lowest(bucket + 1) - 1;
    }

    /** The bucket that the duration of a rank is in; −1 of none. */
    private int bucketAt(long rank) {
        long seen = 0;
        int last = -1;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0) {
                seen += counts[bucket];
                last = bucket;
                if (seen >= rank) {
                    return bucket;
                }
            }
        }
        return last;
    }
}
