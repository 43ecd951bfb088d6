package com.shivx.drift.reference;

import java.util.Arrays;

/**
 * What a column looked like.
 *
 * @param name the feature's, or what else the column is called
 * @param bins its bins
 * @param counts rows in each, the missing ones last
 * @param quantiles {@link QuantileGrid#quantiles}; empty if all are missing
 * @param least value; NaN if all are missing
 * @param autocorrelation φ, {@link Autocorrelation}; NaN where nothing varies
 * @param ks D of its chunks
 * @param psi bias-corrected PSI of its chunks
 */
public record ColumnProfile(
        String name,
        Bins bins,
        long[] counts,
        double[] quantiles,
        double least,
        double autocorrelation,
        ChunkSpread ks,
        ChunkSpread psi) {

    public ColumnProfile {
        if (counts.length != bins.count()) {
            throw new IllegalArgumentException(
                    "counts of %s has %d values for %d bins; measure the reference again"
                            .formatted(name, counts.length, bins.count()));
        }
        for (int i = 0; i < quantiles.length; i++) {
            if (!Double.isFinite(quantiles[i]) || (i > 0 && quantiles[i] < quantiles[i - 1])) {
                throw new IllegalArgumentException(
                        "quantile %d of %s is %s, not finite or below the one before; measure the reference again"
                                .formatted(i, name, quantiles[i]));
            }
        }
    }

    /** The greatest value; NaN if all are missing. */
    public double greatest() {
        return quantiles.length == 0 ? Double.NaN : quantiles[quantiles.length - 1];
    }

    /** How many rows were measured. */
    public long rows() {
        return Arrays.stream(counts).sum();
    }

    /** How many rows had no value. */
    public long missing() {
        return counts[counts.length - 1];
    }

    /**
     * How many independent rows tell as much as n of these, {@code n·(1−φ)/(1+φ)}; n itself where
     * nothing varies.
     */
    public double effectiveRows(double rows) {
        return Double.isNaN(autocorrelation)
                ? rows
                : rows * (1 - autocorrelation) / (1 + autocorrelation);
    }
}
