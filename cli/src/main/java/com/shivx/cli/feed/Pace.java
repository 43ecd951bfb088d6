package com.shivx.cli.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Holds each tick until it is due: so long after the first as lies between their receptions,
 * divided by the speed. A feed that plays the past faster than life would run into the future;
 * within {@link #CLOSE_TO_NOW} of the clock it goes on at the pace of life.
 *
 * <p>A lead-in comes at once, however long it is, and what follows it waits for {@link #release()}:
 * there is a past to learn from before the present begins.
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

    private static final long RELEASE_LOOK_NANOS = 20_000_000;

    private static final long UNSET = Long.MIN_VALUE;

    /** What a feed is doing. */
    public enum Phase {
        /** It gives its lead-in, as fast as that is taken. */
        LEADING_IN,
        /** The lead-in is over, and nobody has released what follows. */
        HELD,
        /** It keeps its speed. */
        RUNNING,
        /** It has come close to the clock, and goes on at the pace of life. */
        CLOSE_TO_NOW
    }

    private final Clock clock;
    private final long leadInMicros;
    private volatile Speed speed;
    private volatile Phase phase;
    private volatile boolean released;
    private long firstMicros = UNSET;
    private long anchorMicros = UNSET;
    private long anchorNanos;

    /** Without a lead-in. */
    public Pace(Speed speed, Clock clock) {
        this(speed, Duration.ZERO, clock);
    }

    /**
     * With a lead-in.
     *
     * @param leadIn so much event time comes at once; zero for none
     */
    public Pace(Speed speed, Duration leadIn, Clock clock) {
        this.speed = speed;
        this.clock = clock;
        leadInMicros = TimeUnit.MICROSECONDS.convert(leadIn);
        phase = leadIn.isZero() ? Phase.RUNNING : Phase.LEADING_IN;
        released = leadIn.isZero();
    }

    /** What the feed is doing. */
    public Phase phase() {
        return phase;
    }

    /** Lets what follows the lead-in come; before its end, it will not wait there. */
    public void release() {
        released = true;
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
        if (phase == Phase.LEADING_IN || phase == Phase.HELD) {
            firstMicros = firstMicros == UNSET ? receivedMicros : firstMicros;
            if (receivedMicros - firstMicros < leadInMicros) {
                return true;
            }
            if (!awaitRelease(stopped)) {
                return false;
            }
            phase = Phase.RUNNING;
        }
        if (speed.isMax()) {
            return true;
        }
        boolean caughtUp =
                speed.multiple() > 1
                        && Math.abs(clock.micros() - receivedMicros)
                                < CLOSE_TO_NOW.toNanos() / 1_000;
        if (caughtUp) {
            speed = Speed.REAL_TIME;
            phase = Phase.CLOSE_TO_NOW;
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

    private boolean awaitRelease(BooleanSupplier stopped) throws InterruptedException {
        while (!released && !stopped.getAsBoolean()) {
            phase = Phase.HELD;
            clock.sleep(RELEASE_LOOK_NANOS);
        }
        return released;
    }
}
