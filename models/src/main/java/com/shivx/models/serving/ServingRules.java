package com.shivx.models.serving;

import java.io.Serializable;
import java.time.Duration;

/**
 * When serving is out of bounds. All times are the clock's: these are figures of machines, not of
 * markets.
 *
 * @param windowMillis how long is judged together at least; above 0
 * @param latencyMillis what the 95 % quantile of latency may come to; above 0
 * @param maxInvalid share of answers that may be none; 0 to 1
 * @param maxErrors share of vectors that may fail or be timed out; 0 to 1
 * @param inferenceRatio how many times the champion's the 99 % quantile of a version's inference
 *     time may be; at least 1
 * @param inferenceFloorMicros what takes less is never too long; 0 or more
 * @param cooldownMicros from one raising of an alarm to the next, at least; 0 or more
 */
public record ServingRules(
        long windowMillis,
        long latencyMillis,
        double maxInvalid,
        double maxErrors,
        double inferenceRatio,
        long inferenceFloorMicros,
        long cooldownMicros)
        implements Serializable {

    /** Fewer predictions say nothing of latency. */
    static final long MIN_LATENCIES = 100;

    /** Of fewer vectors one that fails would be more than a share of a thousandth. */
    static final long MIN_VECTORS = 1_000;

    /** Fewer calls do not bound their 99 % quantile from above. */
    static final long MIN_CALLS = 1_000;

    public ServingRules {
        require(windowMillis > 0, "serving.window", windowMillis + " ms", "above 0");
        require(latencyMillis > 0, "serving.latency-p95", latencyMillis + " ms", "above 0");
        require(isShare(maxInvalid), "serving.max-invalid-share", maxInvalid, "0 to 1");
        require(isShare(maxErrors), "serving.max-error-share", maxErrors, "0 to 1");
        require(inferenceRatio >= 1, "serving.inference-ratio", inferenceRatio, "1 or more");
        require(
                inferenceFloorMicros >= 0,
                "serving.inference-floor",
                inferenceFloorMicros + " µs",
                "0 or more");
        require(cooldownMicros >= 0, "serving.cooldown", cooldownMicros + " µs", "0 or more");
    }

    /** As options say. */
    public static ServingRules of(
            Duration window,
            Duration latency,
            double maxInvalid,
            double maxErrors,
            double inferenceRatio,
            Duration inferenceFloor,
            Duration cooldown) {
        return new ServingRules(
                window.toMillis(),
                latency.toMillis(),
                maxInvalid,
                maxErrors,
                inferenceRatio,
                inferenceFloor.toNanos() / 1_000,
                cooldown.toMillis() * 1_000);
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }

    private static void require(boolean holds, String option, Object value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s is %s; let it be %s".formatted(option, value, range));
        }
    }
}
