package com.shivx.cli.feed;

import java.util.concurrent.TimeUnit;

/** The time by which a feed is paced. */
public interface Clock {

    /** Time that only goes forward, in nanoseconds since whenever. */
    long nanos();

    /** Time of day, in microseconds since the epoch. */
    long micros();

    /** Returns after so many nanoseconds. */
    void sleep(long nanos) throws InterruptedException;

    /** The clock of this machine. */
    Clock SYSTEM =
            new Clock() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public long micros() {
                    return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
                }

                @Override
                public void sleep(long nanos) throws InterruptedException {
                    TimeUnit.NANOSECONDS.sleep(nanos);
                }
            };
}
