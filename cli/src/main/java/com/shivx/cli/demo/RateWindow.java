package com.shivx.cli.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The rate of something that is counted, over the last seconds: predictions become visible commit
 * by commit, not one by one.
 */
final class RateWindow {

    private final long windowNanos;
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long count) {}

    RateWindow(Duration window) {
        windowNanos = window.toNanos();
    }

    /** The rate a second from the oldest sample in the window to this one; 0 for the first. */
    double perSecond(long nanos, long count) {
        while (!samples.isEmpty() && nanos - samples.getFirst().nanos > windowNanos) {
            samples.removeFirst();
        }
        samples.addLast(new Sample(nanos, count));
        Sample first = samples.getFirst();
        return nanos == first.nanos ? 0 : (count - first.count) * 1e9 / (nanos - first.nanos);
    }
}
