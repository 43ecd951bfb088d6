package com.shivx.drift.reference;

import java.util.Arrays;

/**
 * Finds how many of many sorted values lie below one, in a few steps: a table says from which of
 * them on it must look, for each of {@value #BUCKETS} equally wide ranges of all but the outermost,
 * and for either end. How many steps follow depends on the range in which most values crowd, not on
 * the value, and none is a branch, which a processor could only guess wrong; where all crowd in one
 * range there are as many as in a binary search.
 *
 * <p>The number of a value's range never falls as values rise, rounding included, so that the table
 * is exact: what has a lower number lies below, what has a higher one above.
 */
final class CutIndex {

    private static final int BUCKETS = 1_024;

    /** Share of the cuts at either end that is left to its outermost range. */
    private static final double TAIL = 0.005;

    /** Behind the last as many that nothing lies above as the longest step may look ahead. */
    private final double[] cuts;

    private final double origin;
    private final double bucketsPerUnit;

    /** Of each range, the first cut that is not of an earlier one. */
    private final int[] first = new int[BUCKETS];

    /** The longest step, a power of two: steps of it and all lesser ones span every range. */
    private final int longestStep;

    /** Of cuts that are finite and rise strictly; zero is +0, from which −0 differs by no sign. */
    CutIndex(double[] cuts) {
        int tail = (int) (TAIL * cuts.length);
        this.origin = cuts.length == 0 ? 0 : cuts[tail];
        double width = cuts.length == 0 ? 0 : cuts[cuts.length - 1 - tail] - origin;
        this.bucketsPerUnit = width > 0 ? BUCKETS / width : 0;
        int cut = 0;
        int most = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            first[bucket] = cut;
            while (cut < cuts.length && bucketOf(cuts[cut]) == bucket) {
                cut++;
            }
            most = Math.max(most, cut - first[bucket]);
        }
        this.longestStep = Integer.highestOneBit(most);
        this.cuts = Arrays.copyOf(cuts, cuts.length + 2 * longestStep);
        Arrays.fill(this.cuts, cuts.length, this.cuts.length, Double.POSITIVE_INFINITY);
    }

    /** How many cuts lie below a finite value. */
    int below(double value) {
        int at = first[bucketOf(value)];
        for (int step = longestStep; step > 0; step >>>= 1) {
            at = after(value, at, step);
        }
        return at;
    }

    /**
     * The same of many values, step by step: what is done for one does not wait for another.
     *
     * @param values finite; where one is not, any number is found
     * @param count how many of them
     * @param found how many cuts lie below each
     */
    void below(double[] values, int count, int[] found) {
        for (int i = 0; i < count; i++) {
            found[i] = first[bucketOf(values[i])];
        }
        for (int step = longestStep; step > 0; step >>>= 1) {
            for (int i = 0; i < count; i++) {
                found[i] = after(values[i], found[i], step);
            }
        }
    }

    /** Further by a step, if the cut before its end lies below: if their difference has a sign. */
    private int after(double value, int at, int step) {
        long sign = Double.doubleToRawLongBits(cuts[at + step - 1] - value) >> (Long.SIZE - 1);
        return at + (step & (int) sign);
    }

    private int bucketOf(double value) {
        int bucket = (int) ((value - origin) * bucketsPerUnit);
        return Math.max(0, Math.min(BUCKETS - 1, bucket));
    }
}
