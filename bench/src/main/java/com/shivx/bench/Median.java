package com.shivx.bench;

import java.util.Collection;

/** The middle one of some measurements. */
public final class Median {

    private Median() {}

    /** The middle one, or the mean of the two in the middle; NaN of none. */
    public static double of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
