package com.shivx.drift.reference;

import java.util.Arrays;

/**
 * The distribution function of a reference, held by its quantiles, against which others are counted
 * into cells: between each two distinct quantiles one, and one for each quantile itself, so that
 * ties are seen from both sides. Counts of the same grid add up, and the distance over them is
 * within 1/{@value #QUANTILES} of that over the rows.
 */
public final class QuantileGrid {

    /** How many quantiles are stored. */
    public static final int QUANTILES = 1_000;

    private final double[] points;

    /** Share of the reference below each point, and at or below it. */
    private final double[] below;

    private final double[] upTo;

    /**
     * The grid of stored quantiles.
     *
     * @param quantiles rising, repeated where values are; none of a column that is always missing
     */
    public QuantileGrid(double[] quantiles) {
        // Adding zero makes of the two zeros one.
        points = Arrays.stream(quantiles).map(value -> value + 0.0).distinct().toArray();
        below = new double[points.length];
        upTo = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            below[i] = (double) Quantiles.below(quantiles, points[i]) / quantiles.length;
            upTo[i] =
                    (double) Quantiles.below(quantiles, Math.nextUp(points[i])) / quantiles.length;
        }
    }

    /**
     * The quantiles k/1,000, k from 1 to 1,000, each the least value with as much at or below it;
     * none of no values.
     *
     * @param sorted finite, rising
     */
    public static double[] quantiles(double[] sorted) {
        double[] quantiles = new double[sorted.length == 0 ? 0 : QUANTILES];
        Arrays.setAll(quantiles, k -> sorted[Quantiles.index(k + 1, QUANTILES, sorted.length)]);
        return quantiles;
    }

    /** Each value that is a quantile, rising strictly. */
    double[] points() {
        return points.clone();
    }

    /** How many cells there are. */
    public int cells() {
        return 2 * points.length + 1;
    }

    /** The cell of a finite value: even ones lie between points, odd ones on them. */
    public int cellOf(double value) {
        int at = Quantiles.below(points, value);
        return 2 * at + (at < points.length && points[at] == value ? 1 : 0);
    }

    /**
     * Kolmogorov's and Smirnov's D of counts against the reference, {@code sup |F − G|}, limits
     * from both sides at ties included; 0 to 1, NaN without counts or without reference.
     *
     * @param counts of each cell; weighted ones need not be whole
     */
    public double distance(double[] counts) {
        double all = Arrays.stream(counts).sum();
        if (points.length == 0 || !(all > 0)) {
            return Double.NaN;
        }
        double greatest = 0;
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            sum += counts[2 * i];
            greatest = Math.max(greatest, Math.abs(sum / all - below[i]));
            sum += counts[2 * i + 1];
            greatest = Math.max(greatest, Math.abs(sum / all - upTo[i]));
        }
        return greatest;
    }
}
