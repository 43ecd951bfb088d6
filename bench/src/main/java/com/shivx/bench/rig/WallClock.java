package com.shivx.bench.rig;

import java.util.concurrent.TimeUnit;

/** Time of day to the microsecond, which never goes back. */
public final class WallClock {

    private static final long NANOS_PER_MICRO = 1_000;

    private final long startMicros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    private final long startNanos = System.nanoTime();

    /** A clock that goes from now. */
    public WallClock() {}

    /** Microseconds since the epoch. */
    public long micros() {
        return startMicros + (System.nanoTime() - startNanos) / NANOS_PER_MICRO;
    }
}
