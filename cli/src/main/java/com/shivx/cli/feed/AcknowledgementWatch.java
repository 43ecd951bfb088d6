package com.shivx.cli.feed;

import java.time.Duration;

/**
 * Notices that Kafka has gone away under a feed: something is sent and nothing is acknowledged for
 * too long. A slow broker that acknowledges anything at all is given all the time it takes.
 */
final class AcknowledgementWatch {

    private final Duration patience;
    private long lastAcknowledged;
    private long sinceNanos = Long.MIN_VALUE;

    AcknowledgementWatch(Duration patience) {
        this.patience = patience;
    }

    /** How long Kafka may acknowledge nothing. */
    Duration patience() {
        return patience;
    }

    /**
     * Looks once.
     *
     * @param nanos the time, as of {@link Clock#nanos()}
     * @param sent records handed to Kafka's client so far
     * @param acknowledged those that Kafka has acknowledged
     */
    boolean isGone(long nanos, long sent, long acknowledged) {
        boolean waiting = sent > acknowledged;
        if (!waiting || acknowledged != lastAcknowledged || sinceNanos == Long.MIN_VALUE) {
            lastAcknowledged = acknowledged;
            sinceNanos = nanos;
        }
        return waiting && nanos - sinceNanos > patience.toNanos();
    }
}
