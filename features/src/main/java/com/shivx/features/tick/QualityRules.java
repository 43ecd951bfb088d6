package com.shivx.features.tick;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What quality allows.
 *
 * @param allowedDisorderMicros how far below the symbol's highest event time a tick may lie; merged
 *     real feeds show 214 ms
 * @param sessionReset a sequence that falls by more starts a new session; one that falls by less is
 *     a repeat
 * @param maxJumpMicros how far a symbol's time may leap before a second tick must vouch for it
 * @param maxAheadMicros how far event time may lie past reception
 */
public record QualityRules(
        long allowedDisorderMicros, long sessionReset, long maxJumpMicros, long maxAheadMicros)
        implements Serializable {

    /** 250 ms, 1,000, 7 days, 1 minute. */
    public static final QualityRules DEFAULT =
            of(Duration.ofMillis(250), 1_000, Duration.ofDays(7), Duration.ofMinutes(1));

    private static final long serialVersionUID = 1L;

    public QualityRules {
        requireNotNegative("allowed disorder", allowedDisorderMicros);
        requireNotNegative("session reset", sessionReset);
        requireNotNegative("most ahead of reception", maxAheadMicros);
        if (maxJumpMicros <= allowedDisorderMicros) {
            throw new IllegalArgumentException(
                    "The longest jump ("
                            + maxJumpMicros
                            + " µs) must be above the allowed disorder ("
                            + allowedDisorderMicros
                            + " µs)");
        }
    }

    /** The rules in durations. */
    public static QualityRules of(
            Duration allowedDisorder, long sessionReset, Duration maxJump, Duration maxAhead) {
        return new QualityRules(
                TimeUnit.MICROSECONDS.convert(allowedDisorder),
                sessionReset,
                TimeUnit.MICROSECONDS.convert(maxJump),
                TimeUnit.MICROSECONDS.convert(maxAhead));
    }

    private static void requireNotNegative(String what, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "The " + what + " must not be negative, but is " + value);
        }
    }
}
