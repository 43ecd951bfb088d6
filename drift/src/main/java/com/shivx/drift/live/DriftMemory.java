package com.shivx.drift.live;

import java.util.Arrays;

/**
 * What is remembered of a model version's last windows. It is fed with windows that do not overlap,
 * in their order; those that do would count one stretch of time several times.
 *
 * <p>Only windows in which a column was judged are among its last ones. One with too few rows, or
 * with none at all, changes nothing: it is evidence for neither side. If it counted as quiet, a
 * feed that stops would end an alert that nothing has answered, and a column that has enough rows
 * in every second window only could never reach one; if it counted as loud, a pause would be an
 * alarm. How often chance makes an alert depends on how many windows were judged, not on the time
 * they took.
 *
 * @param beyond of each column the last judged windows, one bit each, the latest the lowest: 1
 *     where it was beyond its threshold; empty before any window
 * @param judged of each column how many windows these are, up to as many as are remembered
 */
public record DriftMemory(int[] beyond, int[] judged) {

    /** Nothing yet. */
    public static DriftMemory empty() {
        return new DriftMemory(new int[0], new int[0]);
    }

    /** A copy for as many columns; those that were not there yet have no window. */
    DriftMemory copyOf(int columns) {
        return new DriftMemory(Arrays.copyOf(beyond, columns), Arrays.copyOf(judged, columns));
    }

    /** Puts in one more judged window of a column; {@code windows} are remembered. */
    void put(int column, boolean isBeyond, int windows) {
        int latest = (1 << windows) - 1;
        beyond[column] = ((beyond[column] << 1) | (isBeyond ? 1 : 0)) & latest;
        judged[column] = Math.min(windows, judged[column] + 1);
    }

    /** In how many of the last judged windows a column was beyond its threshold. */
    int timesBeyond(int column) {
        return Integer.bitCount(beyond[column]);
    }
}
