package com.shivx.drift.live;

import java.util.List;

/**
 * What is said of a window.
 *
 * @param verdict of the window as a whole: ALERT or WARN if one of its columns is; else OK if one
 *     is; else BLIND if one is; INSUFFICIENT if no column could be judged. It is about this window:
 *     an alert of the last window is not over because this one is INSUFFICIENT
 * @param rows how many there are
 * @param symbolCoverage share of the reference's rows whose symbols have rows in the window, 0 to
 *     1: symbols that are absent are no drift of the others
 * @param columns one of each, in the reference's order
 * @param driftedShare share of the judged columns that are beyond their threshold in this window,
 *     weighted by importance where that of every judged column is known; NaN if none was judged
 * @param estimatedAccuracy before outcomes
 */
public record WindowReport(
        Verdict verdict,
        long rows,
        double symbolCoverage,
        List<ColumnReport> columns,
        double driftedShare,
        EstimatedAccuracy estimatedAccuracy) {

    public WindowReport {
        columns = List.copyOf(columns);
    }
}
