package com.shivx.bench.drift;

import java.util.List;

/**
 * What the measurement of drift detection is to do.
 *
 * @param autocorrelations φ of the features, each 0 to below 1
 * @param references how many are measured for each φ
 * @param features of each reference
 * @param quietWindows in which nothing changes, after each reference
 * @param rows of 32 values that are counted for speed
 * @param repeats of that
 * @param seed of all that is drawn
 */
public record DriftPlan(
        List<Double> autocorrelations,
        int references,
        int features,
        int quietWindows,
        int rows,
        int repeats,
        long seed) {

    public DriftPlan {
        autocorrelations = List.copyOf(autocorrelations);
        if (references < 1 || features < 1 || quietWindows < 1 || rows < 1 || repeats < 1) {
            throw new IllegalArgumentException(
                    "drift is measured on references, features, windows, rows and repeats, each at least one");
        }
    }
}
