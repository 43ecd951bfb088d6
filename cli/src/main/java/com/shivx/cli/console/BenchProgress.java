package com.shivx.cli.console;

import com.shivx.bench.Progress;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * How a benchmark gets on: on a terminal one line that changes, elsewhere a line every few seconds.
 * Ctrl-C ends the benchmark where it next says something or waits, so that what it started is
 * stopped and what it wrote is deleted.
 */
public final class BenchProgress implements Progress {

    private static final Duration LINE_EVERY = Duration.ofSeconds(10);
    private static final String START_OF_CLEARED_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private final StopSignal stop;
    private final PrintWriter out;
    private long saidNanos = System.nanoTime();

    public BenchProgress(Terminal terminal, StopSignal stop, PrintWriter out) {
        this.terminal = terminal;
        this.stop = stop;
        this.out = out;
    }

    @Override
    public void line(String text) {
        throwIfStopped();
        out.println(terminal.interactive() ? START_OF_CLEARED_LINE + text : text);
        out.flush();
        saidNanos = System.nanoTime();
    }

    @Override
    public void now(String text) {
        throwIfStopped();
        if (terminal.interactive()) {
            out.print(START_OF_CLEARED_LINE + text);
            out.flush();
        } else if (System.nanoTime() - saidNanos > LINE_EVERY.toNanos()) {
            line(text);
        }
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        stop.await(duration);
        throwIfStopped();
    }

    private void throwIfStopped() {
        if (stop.isRequested()) {
            throw new CommandException("stopped before anything was found");
        }
    }
}
