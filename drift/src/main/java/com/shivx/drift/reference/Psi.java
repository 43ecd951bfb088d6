package com.shivx.drift.reference;

/**
 * Population stability index of counts in the same bins, {@code Σ (q−p)·ln(q/p)} over the B bins
 * that either side has rows in, with half a row added to each, {@code p = (c+0.5)/(n+0.5·B)}: an
 * empty bin would be infinite. 0 and more. Between two samples of one population it is {@code
 * (B−1)(1/N+1/M)} on average, which {@link #corrected} takes off. (S. Kullback's symmetric
 * divergence; half a row after Krichevsky and Trofimov.)
 *
 * @param value NaN if a side has no rows
 * @param bins how many either side has rows in
 * @param corrected the value without what chance alone makes of independent rows; may be below 0
 */
public record Psi(double value, int bins, double corrected) {

    /** What one calls a value, after correction. */
    public enum Level {
        /** Below 0.1. */
        NONE,
        /** Below 0.25. */
        SMALL,
        /** 0.25 and more. */
        SIGNIFICANT,
        /** No rows to compare. */
        UNKNOWN
    }

    /**
     * The index.
     *
     * @param reference rows in each bin
     * @param live rows in each of the same bins; weighted ones need not be whole
     */
    public static Psi of(double[] reference, double[] live) {
        if (reference.length != live.length) {
            throw new IllegalArgumentException(
                    "%d bins of the reference cannot be compared with %d; count into the same bins"
                            .formatted(reference.length, live.length));
        }
        int bins = 0;
        double n = 0;
        double m = 0;
        for (int i = 0; i < reference.length; i++) {
            if (!(reference[i] >= 0) || !(live[i] >= 0)) {
                throw new IllegalArgumentException(
                        "bin %d has %s and %s rows; count from 0"
                                .formatted(i, reference[i], live[i]));
            }
            bins += reference[i] > 0 || live[i] > 0 ? 1 : 0;
            n += reference[i];
            m += live[i];
        }
        if (n == 0 || m == 0) {
            return new Psi(Double.NaN, bins, Double.NaN);
        }
        double sum = 0;
        for (int i = 0; i < reference.length; i++) {
            if (reference[i] > 0 || live[i] > 0) {
                double p = (reference[i] + 0.5) / (n + 0.5 * bins);
                double q = (live[i] + 0.5) / (m + 0.5 * bins);
                sum += (q - p) * Math.log(q / p);
            }
        }
        return new Psi(sum, bins, sum - (bins - 1) * (1 / n + 1 / m));
    }

    /** What to call it. */
    public Level level() {
        if (Double.isNaN(corrected)) {
            return Level.UNKNOWN;
        }
        if (corrected < 0.1) {
            return Level.NONE;
        }
        return corrected < 0.25 ? Level.SMALL : Level.SIGNIFICANT;
    }
}
