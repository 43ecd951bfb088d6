package com.shivx.drift.reference;

/** Places in sorted values. */
final class Quantiles {

    private Quantiles() {}

    /** Index of the least of n sorted values with at least {@code k/of} of all at or below it. */
    static int index(int k, int of, int n) {
        return (int) (((long) k * n + of - 1) / of) - 1;
    }

    /** How many of the sorted values lie below one. */
    static int below(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
