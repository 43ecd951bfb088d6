package com.shivx.bench.latency;

import java.util.concurrent.TimeUnit;

/** Time of day to the microsecond, which never goes back. */
final class WallClock {

    private static final long NANOS_PER_MICRO = 1_000;

    private final long startMicros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    private final long startNanos = System.nanoTime();

    /** Microseconds since the epoch. */
    long micros() {
        return startMicros + (System.nanoTime() - startNanos) / NANOS_PER_MICRO;
    }
}
