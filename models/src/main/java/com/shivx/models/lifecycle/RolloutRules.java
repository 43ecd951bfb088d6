package com.shivx.models.lifecycle;

import com.shivx.models.lifecycle.RolloutStep.Stage;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a version comes to serve alone.
 *
 * @param alpha how often one that is no better may be promoted, at most; between 0 and 1
 * @param shadowTime how long it is a shadow at least, event time; 0 or more, as all of them
 * @param shares that it serves then, growing, each above 0 and below 1
 * @param shareTime how long it serves each at least
 * @param watchTimes how long it is watched as champion, one after another
 * @param maxHold how long beyond its time a step may take, event time, and by the clock where
 *     nothing arrives; above 0
 * @param horizonMicros the horizon whose outcomes are the evidence, microseconds
 */
public record RolloutRules(
        double alpha,
        Duration shadowTime,
        List<Double> shares,
        Duration shareTime,
        List<Duration> watchTimes,
        Duration maxHold,
        long horizonMicros)
        implements Serializable {

    /** Answers that are none, of all; a version that fails more often goes back at once. */
    static final double MAX_UNANSWERED = 0.01;

    /** Outcomes whose truth is known, of all. */
    static final double MIN_COVERAGE = 0.9;

    /** Outcomes that are judged together: fewer would make one failure too many. */
    static final long JUDGED_TOGETHER = 100;

    /** A longer window is no window of accuracy. */
    static final long MAX_WINDOW_MICROS = TimeUnit.DAYS.toMicros(1);

    public RolloutRules {
        shares = List.copyOf(shares);
        watchTimes = List.copyOf(watchTimes);
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException(
                    "rollout.alpha %s is not between 0 and 1, such as 0.05".formatted(alpha));
        }
        double before = 0;
        for (double share : shares) {
            if (!(share > before && share < 1)) {
                throw new IllegalArgumentException(
                        "rollout.shares %s do not grow between 0 and 1, such as 0.1;0.5"
                                .formatted(shares));
            }
            before = share;
        }
        requireFrom0("rollout.shadow-time", shadowTime);
        requireFrom0("rollout.share-time", shareTime);
        for (Duration watch : watchTimes) {
            requireFrom0("rollout.watch-times", watch);
        }
        if (maxHold.isNegative() || maxHold.isZero()) {
            throw new IllegalArgumentException(
                    "rollout.max-hold %s is not above 0".formatted(maxHold));
        }
    }

    private static void requireFrom0(String option, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("%s %s is below 0".formatted(option, duration));
        }
    }

    List<RolloutStep> steps() {
        List<RolloutStep> steps = new ArrayList<>();
        steps.add(new RolloutStep(Stage.SHADOW, 0, micros(shadowTime)));
        shares.forEach(share -> steps.add(new RolloutStep(Stage.CANARY, share, micros(shareTime))));
        // Without being watched it is champion, and the next row with its outcomes ends it.
        (watchTimes.isEmpty() ? List.of(Duration.ZERO) : watchTimes)
                .forEach(watch -> steps.add(new RolloutStep(Stage.WATCHED, 1, micros(watch))));
        return List.copyOf(steps);
    }

    private static long micros(Duration duration) {
        return TimeUnit.MILLISECONDS.toMicros(duration.toMillis());
    }
}
