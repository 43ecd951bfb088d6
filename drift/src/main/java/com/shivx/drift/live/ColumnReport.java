package com.shivx.drift.live;

import com.shivx.drift.reference.Psi;

/**
 * What is said of a column in a window. Shares and distances are of rows reweighted to the
 * reference's mix of symbols; counts are as they came.
 *
 * @param name of the column
 * @param watching how it is watched
 * @param verdict what is said
 * @param rows with a value
 * @param effectiveRows how many independent rows tell as much, after the reference's
 *     autocorrelation and the weights of the symbols
 * @param missingShare of all rows, 0 to 1; NaN without rows
 * @param missingChange that share less the reference's
 * @param belowRange values below the range
 * @param aboveRange values above it
 * @param ks Kolmogorov's and Smirnov's D, 0 to 1; NaN without values
 * @param threshold what it is beyond by chance in few windows: mean + 3 sd of the reference's
 *     chunks; NaN if there were too few of them
 * @param driftScore {@code D ÷ threshold · 0.25}: above 0.25 is beyond the threshold, whatever the
 *     column; NaN where one of them is
 * @param p in how many quiet windows D is as much, by the reference's chunks alone: never below
 *     {@code 1/(chunks+1)}
 * @param psi population stability index, the bin of what is missing included; NaN without rows
 * @param psiCorrected without what chance alone makes of independent rows
 * @param psiLevel what one calls it; no verdict rests on it
 * @param timesBeyond in how many of the last judged windows the column was beyond its threshold
 * @param windowsJudged how many these are
 */
public record ColumnReport(
        String name,
        Watching watching,
        Verdict verdict,
        long rows,
        double effectiveRows,
        double missingShare,
        double missingChange,
        long belowRange,
        long aboveRange,
        double ks,
        double threshold,
        double driftScore,
        double p,
        double psi,
        double psiCorrected,
        Psi.Level psiLevel,
        int timesBeyond,
        int windowsJudged) {

    /** The drift score at the threshold. */
    public static final double SCORE_AT_THRESHOLD = 0.25;

    /** Whether it was judged, and found beyond its threshold in this window. */
    public boolean isBeyond() {
        return ks > threshold;
    }
}
