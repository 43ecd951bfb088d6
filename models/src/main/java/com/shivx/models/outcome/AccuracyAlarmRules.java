package com.shivx.models.outcome;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When accuracy and coverage are out of bounds.
 *
 * @param spanMicros windows of so long, the latest, are judged together
 * @param tolerance how far below the validated figure the upper end of the interval may lie; 0 to 1
 * @param minAccuracy absolute threshold, which holds for a model by its own will; NaN for none
 * @param minCoverage share of outcomes that must be known; 0 to 1
 * @param minOutcomes fewer say nothing of coverage
 * @param cooldownMicros from one raising of an alarm to the next, at least
 */
public record AccuracyAlarmRules(
        long spanMicros,
        double tolerance,
        double minAccuracy,
        double minCoverage,
        long minOutcomes,
        long cooldownMicros)
        implements Serializable {

    /** Below it a version answers for too little of what it is asked. */
    public static final double MIN_COVERAGE = 0.9;

    private static final long MIN_OUTCOMES = 100;

    public AccuracyAlarmRules {
        requireShare("tolerance", tolerance);
        requireShare("minimum coverage", minCoverage);
        if (!Double.isNaN(minAccuracy)) {
            requireShare("minimum accuracy", minAccuracy);
        }
        if (spanMicros <= 0 || cooldownMicros < 0) {
            throw new IllegalArgumentException(
                    "a span of %d µs and a cooldown of %d µs; let the first be above 0 and the second 0 or more"
                            .formatted(spanMicros, cooldownMicros));
        }
    }

    /** What is shipped but for what options say. */
    public static AccuracyAlarmRules of(
            Duration span, double tolerance, double minAccuracy, Duration cooldown) {
        return new AccuracyAlarmRules(
                TimeUnit.MICROSECONDS.convert(span),
                tolerance,
                minAccuracy,
                MIN_COVERAGE,
                MIN_OUTCOMES,
                TimeUnit.MICROSECONDS.convert(cooldown));
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "a %s of %s; let it be 0 to 1".formatted(name, value));
        }
    }
}
