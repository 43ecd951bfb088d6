package com.shivx.models.serving;

/**
 * Latencies that are judged together, of a model line: of whichever version was to be acted on.
 * Public fields, because it lives in checkpoints.
 */
public final class LatencyWindow {

    /** Since when. */
    public WindowSpan span = new WindowSpan();

    /** Milliseconds. */
    public DurationHistogram latencyMillis = new DurationHistogram();

    void take(ServingPart part) {
        span.take(part);
        part.versions().values().forEach(counts -> latencyMillis.add(counts.latencyMillis));
    }
}
