package com.shivx.cli;

import com.shivx.operators.training.TrainingEvent;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Prints what a training tells: each stage, and of the rounds of learning, which may be hundreds a
 * second, one every two seconds.
 */
final class TrainingProgress {

    private static final long EVERY_NANOS = 2_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintWriter out;
    private final LongSupplier nanos;
    private final long start;
    private long lastRound;

    /** Begins now. */
    TrainingProgress(PrintWriter out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        start = nanos.getAsLong();
        lastRound = start - EVERY_NANOS;
    }

    void onProgress(TrainingEvent event) {
        long now = nanos.getAsLong();
        boolean round = event.message().startsWith("round ");
        if (round && now - lastRound < EVERY_NANOS) {
            return;
        }
        if (round) {
            lastRound = now;
        }
        out.printf(
                Locale.ROOT,
                "%7.1f s  %s%s%n",
                (now - start) / NANOS_PER_SECOND,
                event.message(),
                event.total() > 0 ? " (%d of %d)".formatted(event.done(), event.total()) : "");
        out.flush();
    }
}
