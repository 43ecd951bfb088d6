package com.shivx.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, never for time. */
final class Until {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration LONG_DEADLINE = Duration.ofMinutes(6);
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private Until() {}

    /** Returns when the condition holds; fails, saying what was waited for, at the deadline. */
    static void holds(String what, Callable<Boolean> condition) throws Exception {
        holds(what, DEADLINE, condition);
    }

    /** The same for what takes most of a minute on a machine that has nothing else to do. */
    static void holdsInTheEnd(String what, Callable<Boolean> condition) throws Exception {
        holds(what, LONG_DEADLINE, condition);
    }

    private static void holds(String what, Duration within, Callable<Boolean> condition)
            throws Exception {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "waited " + within.toMinutes() + " minutes in vain for: " + what);
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }
}
