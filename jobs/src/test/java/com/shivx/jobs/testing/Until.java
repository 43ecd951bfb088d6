package com.shivx.jobs.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, never for time. */
public final class Until {

    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private Until() {}

    /**
     * Returns when the condition holds; fails, saying what was waited for, when it does not within
     * three minutes.
     */
    public static void holds(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "waited " + DEADLINE.toMinutes() + " minutes in vain for: " + what);
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }
}
