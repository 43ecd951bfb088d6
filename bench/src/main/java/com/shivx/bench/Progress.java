package com.shivx.bench;

import java.time.Duration;

/**
 * Where a benchmark says how it gets on, and learns that it is to end: every method may throw what
 * ends it.
 */
public interface Progress {

    /** Something is done, or begins. */
    void line(String text);

    /** How it stands: replaces what was said before by this method. */
    void now(String text);

    /** Waits so long. */
    void pause(Duration duration) throws InterruptedException;
}
