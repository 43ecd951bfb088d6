package com.shivx.cli.log;

import com.shivx.jobs.log.LogSummary;
import java.io.PrintWriter;
import java.util.Locale;

/** A line now and then, for a log that takes a while to read. */
public final class ReadingProgress implements LogSummary.Progress {

    private static final long EVERY_NANOS = 1_000_000_000;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    private final PrintWriter out;
    private long saidNanos = System.nanoTime();

    public ReadingProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void read(String kind, long bytesRead, long bytesTotal) {
        long now = System.nanoTime();
        if (now - saidNanos >= EVERY_NANOS) {
            saidNanos = now;
            out.printf(
                    Locale.ROOT,
                    "reading %s: %.0f of %.0f MiB%n",
                    kind,
                    bytesRead / BYTES_PER_MEBIBYTE,
                    bytesTotal / BYTES_PER_MEBIBYTE);
            out.flush();
        }
    }
}
