package com.shivx.drift.live;

import java.io.Serializable;

/**
 * When a difference counts.
 *
 * @param rowsPerBin rows that a window must have for each bin in use
 * @param effectiveRows rows that it must have after what autocorrelation takes off, {@code
 *     n·(1−φ)/(1+φ)}
 * @param windows how many of the last judged windows are remembered; 1 to 31
 * @param beyond in how many of them a column must have been beyond its threshold for an alert
 */
public record DriftRules(int rowsPerBin, double effectiveRows, int windows, int beyond)
        implements Serializable {

    /**
     * What is shipped. A column beyond mean + 3 sd of its chunks is chance in one of many quiet
     * windows, and with 32 columns in every second; the same column in three of five is chance in
     * about one of a hundred.
     *
     * <p>What 30 effective rows are enough for, by simulation (AR(1), φ = 0.9, 30 chunks): a shift
     * of one standard deviation has an alert within five windows in every run, of a half in 58 %,
     * of a quarter in 1 %; quiet windows have none more often than with many rows. A quarter is
     * found in 41 % of runs with 100 effective rows, in 90 % with 200 and in 99 % with 300.
     */
    public static final DriftRules SHIPPED = new DriftRules(50, 30, 5, 3);

    public DriftRules {
        if (rowsPerBin < 1 || !(effectiveRows >= 0)) {
            throw new IllegalArgumentException(
                    "%d rows a bin and %s effective rows: let it be 1 and 0 at least"
                            .formatted(rowsPerBin, effectiveRows));
        }
        if (windows < 1 || windows > Integer.SIZE - 1 || beyond < 1 || beyond > windows) {
            throw new IllegalArgumentException(
                    "%d of %d windows: remember 1 to 31, and ask for no more of them than that"
                            .formatted(beyond, windows));
        }
    }
}
