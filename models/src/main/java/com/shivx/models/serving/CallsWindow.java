package com.shivx.models.serving;

/**
 * Calls of a version and of its champion over the same vectors, which are judged together. Public
 * fields, because it lives in checkpoints.
 */
public final class CallsWindow {

    /** Since when. */
    public WindowSpan span = new WindowSpan();

    /** How long a batch took the version, microseconds. */
    public DurationHistogram ownMicros = new DurationHistogram();

    /** How long the same batches took the champion, microseconds. */
    public DurationHistogram championMicros = new DurationHistogram();

    void take(ServingPart part, ServingCounts own, ServingCounts champion) {
        span.take(part);
        ownMicros.add(own.callMicros);
        championMicros.add(champion.callMicros);
    }
}
