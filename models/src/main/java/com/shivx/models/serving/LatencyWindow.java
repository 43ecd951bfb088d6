package com.shivx.models.serving;

/**
 * Latencies that are judged together, of a model line: of whichever version was to be acted on.
 * Public fields, because it lives in checkpoints.
 */
public final class LatencyWindow {

    private static final double SHARE = 0.95;

    /** Since when. */
    public WindowSpan span = new WindowSpan();

    /** Milliseconds. */
    public DurationHistogram latencyMillis = new DurationHistogram();

    /** What 95 % of them took at most, milliseconds; 0 of none. */
    long p95Millis() {
        return latencyMillis.quantile(SHARE);
    }

    void take(ServingPart part) {
        span.take(part);
        part.versions().values().forEach(counts -> latencyMillis.add(counts.latencyMillis));
    }
}
