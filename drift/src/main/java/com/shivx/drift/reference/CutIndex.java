package com.shivx.drift.reference;

/**
 * Finds how many of many sorted values lie below one, in a few steps: a table says between which of
 * them it must look, for each of {@value #BUCKETS} equally wide ranges of the middle nine tenths,
 * and for either end. Where values crowd into few of these it takes as many steps as a binary
 * search.
 *
 * <p>The number of a value's range never falls as values rise, rounding included, so that the table
 * is exact: what has a lower number lies below, what has a higher one above.
 */
final class CutIndex {

    private static final int BUCKETS = 1_024;

    /** So few are looked at one after another. */
    private static final int FEW = 8;

    private static final double TAIL = 0.05;

    private final double[] cuts;
    private final double origin;
    private final double bucketsPerUnit;

    /** The first cut that is not of an earlier range; one more for the end. */
    private final int[] first = new int[BUCKETS + 1];

    /** Of cuts that rise strictly. */
    CutIndex(double[] cuts) {
        this.cuts = cuts;
        int tail = (int) (TAIL * cuts.length);
        this.origin = cuts.length == 0 ? 0 : cuts[tail];
        double width = cuts.length == 0 ? 0 : cuts[cuts.length - 1 - tail] - origin;
        this.bucketsPerUnit = width > 0 ? BUCKETS / width : 0;
        int cut = 0;
        for (int bucket = 0; bucket <= BUCKETS; bucket++) {
            while (cut < cuts.length && bucketOf(cuts[cut]) < bucket) {
                cut++;
            }
            first[bucket] = cut;
        }
    }

    /** How many cuts lie below a value that is not NaN. */
    int below(double value) {
        int bucket = bucketOf(value);
        int at = first[bucket];
        int end = first[bucket + 1];
        while (end - at > FEW) {
            int middle = (at + end) >>> 1;
            if (cuts[middle] < value) {
                at = middle + 1;
            } else {
                end = middle;
            }
        }
        while (at < end && cuts[at] < value) {
            at++;
        }
        return at;
    }

    private int bucketOf(double value) {
        int bucket = (int) ((value - origin) * bucketsPerUnit);
        return Math.max(0, Math.min(BUCKETS - 1, bucket));
    }
}
