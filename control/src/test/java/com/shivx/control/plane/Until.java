package com.shivx.control.plane;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, never for time. */
final class Until {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private Until() {}

    /** Returns when the condition holds; fails, saying what was waited for, when it does not. */
    static void holds(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for: " + what);
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }
}
