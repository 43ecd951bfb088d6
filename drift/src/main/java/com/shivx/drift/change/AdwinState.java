package com.shivx.drift.change;

/**
 * What {@link Adwin} knows of a stream: the values since the last change, in buckets that double in
 * size towards the past, so as many numbers as the logarithm of the values. Its all-zero self is a
 * stream that has not begun.
 *
 * <p>Public fields, because it lives in checkpoints.
 */
public final class AdwinState {

    /** Values in the window. */
    public long width;

    /** Their sum. */
    public double total;

    /** Sum of their squared deviations from the mean, as the buckets let one know it. */
    public double variance;

    /** Values since the last change. */
    public long ticks;

    /** Whether the last value showed a change: with the next the stream begins anew. */
    public boolean changed;

    /** How many buckets of 2^i values there are, for each i. */
    public int[] buckets = {};

    /** Sum of each bucket's values: those of 2^i side by side, the oldest first. */
    public double[] totals = {};

    /** Sum of each bucket's squared deviations, in the same order. */
    public double[] variances = {};

    /** Mean of the values in the window; NaN without any. */
    public double mean() {
        return total / width;
    }
}
