package com.shivx.bench.scoring;

/**
 * One measurement of one way of scoring.
 *
 * @param operator whether by the scoring operator; else by the bare loop
 * @param warm whether it counts; the first of each does not
 * @param rows scored
 * @param nanos that it took
 */
public record Round(boolean operator, boolean warm, long rows, long nanos) {

    /** Rows a second. */
    double perSecond() {
        return rows * 1e9 / nanos;
    }
}
