package com.shivx.models.lifecycle;

import java.time.Duration;

/** Lengths of time as people write them. */
final class Spans {

    private Spans() {}

    /** {@code 10 min}: in the largest unit that it is a whole number of, down to milliseconds. */
    static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + " h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + " min";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
