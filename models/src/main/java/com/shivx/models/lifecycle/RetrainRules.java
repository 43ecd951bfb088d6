package com.shivx.models.lifecycle;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a model is trained again, and on what.
 *
 * @param cooldown how long after a training ended none is made for an alarm or a schedule: event
 *     time, or the clock's where event time stands still; above 0, or a training that fails at once
 *     would be made again at once
 * @param maxDuration how long a training is waited for, by the clock; above 0
 * @param from the rows that one for an alarm takes
 * @param history how far back rows are taken otherwise, event time; above 0
 */
public record RetrainRules(
        Duration cooldown, Duration maxDuration, RetrainFrom from, Duration history)
        implements Serializable {

    public RetrainRules {
        requireAbove0("retrain.cooldown", cooldown);
        requireAbove0("retrain.max-duration", maxDuration);
        requireAbove0("retrain.history", history);
    }

    private static void requireAbove0(String option, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("%s %s is not above 0".formatted(option, duration));
        }
    }
}
