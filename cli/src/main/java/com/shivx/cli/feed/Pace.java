package com.shivx.cli.feed;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Holds each tick until it is due: so long after the first as lies between their receptions,
 * divided by the speed. A feed that plays the past faster than life would run into the future;
 * within {@link #CLOSE_TO_NOW} of the clock it goes on at the pace of life.
 */
public final class Pace {

    /** How close a faster feed may come to the clock. */
    public static final Duration CLOSE_TO_NOW = Duration.ofMinutes(10);

    /**
     * Shorter waits are not worth a call: at any speed that has a due time, a few ticks together
     * are no harm.
     */
    private static final long SHORTEST_SLEEP_NANOS = 1_000_000;

    /** Nobody who wants to stop waits longer. */
    private static final long LONGEST_SLEEP_NANOS = 100_000_000;

    private static final long UNSET = Long.MIN_VALUE;

    private final Clock clock;
    private volatile Speed speed;
    private long anchorMicros = UNSET;
    private long anchorNanos;

    public Pace(Speed speed, Clock clock) {
        this.speed = speed;
        this.clock = clock;
    }

    /**
     * The speed now: the one asked for, or the pace of life where the feed has caught up with the
     * clock.
     */
    public Speed speed() {
        return speed;
    }

    /**
     * Returns when a tick received at that time is due, at once at the speed {@code max}, or soon
     * after {@code stopped} holds.
     *
     * @return whether the tick is due
     */
    boolean await(long receivedMicros, BooleanSupplier stopped) throws InterruptedException {
        if (speed.isMax()) {
            return true;
        }
        boolean caughtUp =
                speed.multiple() > 1
                        && Math.abs(clock.micros() - receivedMicros)
                                < CLOSE_TO_NOW.toNanos() / 1_000;
        if (caughtUp) {
            speed = Speed.REAL_TIME;
        }
        if (caughtUp || anchorMicros == UNSET) {
            anchorMicros = receivedMicros;
            anchorNanos = clock.nanos();
        }
        long due =
                anchorNanos + (long) ((receivedMicros - anchorMicros) * 1_000.0 / speed.multiple());
        long ahead = due - clock.nanos();
        while (ahead >= SHORTEST_SLEEP_NANOS && !stopped.getAsBoolean()) {
            clock.sleep(Math.min(ahead, LONGEST_SLEEP_NANOS));
            ahead = due - clock.nanos();
        }
        return ahead < SHORTEST_SLEEP_NANOS;
    }
}
