package com.shivx.drift.reference;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * Bins of a column, {@code (−∞, e₁], (e₁, e₂], …, (e_k, ∞)}, and one more, the last, for what is
 * missing: NaN and infinities.
 *
 * @param edges inner edges, rising strictly; none is one bin of everything
 */
public record Bins(double[] edges) {

    /** Bins before duplicates are collapsed and atoms split off. */
    public static final int TENTHS = 10;

    public Bins {
        for (int i = 0; i < edges.length; i++) {
            if (!Double.isFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1])) {
                throw new IllegalArgumentException(
                        "edge %d is %s, not finite or not above the one before; measure the reference again"
                                .formatted(i, edges[i]));
            }
        }
    }

    /**
     * Edges at the nine deciles (the least value with at least k/10 of all at or below it), each
     * once; a value that more than a tenth of the rows share has a bin of its own.
     *
     * @param sorted finite, rising
     */
    public static Bins ofDeciles(double[] sorted) {
        TreeSet<Double> edges = new TreeSet<>();
        int n = sorted.length;
        for (int k = 1; k < TENTHS && n > 0; k++) {
            // Adding zero makes of the two zeros one.
            double edge = sorted[Quantiles.index(k, TENTHS, n)] + 0.0;
            edges.add(edge);
            if (sharesMoreThanATenth(sorted, edge)) {
                edges.add(Math.nextDown(edge));
            }
        }
        // The lowest of all doubles has nothing below it.
        edges.remove(Double.NEGATIVE_INFINITY);
        return new Bins(edges.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** One bin for each of the categories 0, 1, …. */
    public static Bins ofCategories(int categories) {
        double[] edges = new double[categories - 1];
        Arrays.setAll(edges, i -> i + 0.5);
        return new Bins(edges);
    }

    private static boolean sharesMoreThanATenth(double[] sorted, double value) {
        int first = Quantiles.below(sorted, value);
        int end = Quantiles.below(sorted, Math.nextUp(value));
        return (long) (end - first) * TENTHS > sorted.length;
    }

    /** How many bins there are, the one for what is missing included. */
    public int count() {
        return edges.length + 2;
    }

    /** The bin of a value. */
    public int of(double value) {
        return Double.isFinite(value) ? Quantiles.below(edges, value) : edges.length + 1;
    }
}
