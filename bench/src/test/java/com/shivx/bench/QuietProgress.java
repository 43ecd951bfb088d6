package com.shivx.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Says nothing, and never ends anything. */
public final class QuietProgress implements Progress {

    @Override
    public void line(String text) {
        // Nobody looks.
    }

    @Override
    public void now(String text) {
        // Nobody looks.
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
}
