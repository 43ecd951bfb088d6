package com.shivx.drift.reference;

/** Places in sorted values. */
final class Quantiles {

    private Quantiles() {}

    /** Index of the least of n sorted values with at least {@code k/of} of all at or below it. */
    static int index(int k, int of, int n) {
        return (int) (((long) k * n + of - 1) / of) - 1;
    }

    /**
     * How many of the sorted values lie below one. The steps depend on the number of values alone,
     * and each is a choice without a branch, which a processor could only guess wrong.
     */
    static int below(double[] sorted, double value) {
        int low = 0;
        int length = sorted.length;
        while (length > 1) {
            int half = length >>> 1;
            low += sorted[low + half - 1] < value ? half : 0;
            length -= half;
        }
        return length == 1 && sorted[low] < value ? low + 1 : low;
    }
}
