package com.shivx.models.outcome;

/**
 * What alarms need of a window of accuracy.
 *
 * @param startMicros first microsecond of the window
 * @param independent known outcomes that do not overlap
 * @param right those of them that were right
 * @param known outcomes that are known, answered or not
 * @param missing outcomes that nobody knows
 */
public record AccuracyFigures(
        long startMicros, long independent, long right, long known, long missing) {

    static AccuracyFigures of(AccuracyRow row) {
        return new AccuracyFigures(
                row.windowStartMicros(),
                row.counts().independent,
                row.counts().independentRight,
                row.counts().known + row.counts().unanswered,
                row.counts().missing);
    }
}
