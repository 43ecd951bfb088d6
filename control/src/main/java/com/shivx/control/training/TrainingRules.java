package com.shivx.control.training;

import java.time.Duration;

/**
 * How patient the control service is.
 *
 * @param maxAttempts tries at a request before it is given up
 * @param firstBackoff before the second try; doubled before each further one
 * @param maxBackoff the longest there is between two
 * @param startTimeout how long a job may wait for its slot
 * @param runTimeout how long it may run
 * @param lostTimeout how long a cluster may give no answer before the job is taken for lost
 * @param lookInterval between two looks at a job
 */
public record TrainingRules(
        int maxAttempts,
        Duration firstBackoff,
        Duration maxBackoff,
        Duration startTimeout,
        Duration runTimeout,
        Duration lostTimeout,
        Duration lookInterval) {

    /** A training tells its end within a second, and half an hour of troubles is sat out. */
    public static final TrainingRules DEFAULT =
            new TrainingRules(
                    6,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(2),
                    Duration.ofHours(6),
                    Duration.ofMinutes(5),
                    Duration.ofMillis(500));

    public TrainingRules {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "a training is tried %d times; try it at least once".formatted(maxAttempts));
        }
        if (firstBackoff.isNegative() || maxBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException(
                    "the time between two tries grows from %s to %s; give the first no more than the last"
                            .formatted(firstBackoff, maxBackoff));
        }
    }

    /** How long the next try waits after one of that number, from 1, has failed. */
    Duration backoff(int attempt) {
        Duration backoff = firstBackoff;
        for (int i = 1; i < attempt && backoff.compareTo(maxBackoff) < 0; i++) {
            backoff = backoff.multipliedBy(2);
        }
        return backoff.compareTo(maxBackoff) < 0 ? backoff : maxBackoff;
    }
}
