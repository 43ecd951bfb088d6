package com.shivx.drift.bootstrap;

/**
 * A figure, and between what it may lie.
 *
 * @param estimate over the rows as they are
 * @param lower NaN without an interval
 * @param upper NaN without an interval
 * @param blocks how many blocks of mean length the rows make
 */
public record Interval(double estimate, double lower, double upper, int blocks) {

    /** A figure without interval: too few blocks. */
    static Interval inconclusive(double estimate, int blocks) {
        return new Interval(estimate, Double.NaN, Double.NaN, blocks);
    }

    /** What it says of zero. */
    public Answer answer() {
        if (Double.isNaN(lower) || Double.isNaN(upper)) {
            return Answer.INCONCLUSIVE;
        }
        if (lower > 0) {
            return Answer.ABOVE;
        }
        return upper < 0 ? Answer.BELOW : Answer.NOT_SHOWN;
    }
}
