package com.shivx.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, never for time. */
final class Until {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private Until() {}

    /** Returns when the condition holds; fails, saying what was waited for, at the deadline. */
    static void holds(String what, Callable<Boolean> condition) throws Exception {
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
