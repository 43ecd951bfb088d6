package com.shivx.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The live screen. It is drawn over itself, each line up to its end and the rest of the screen
 * after it, in one write: nothing is cleared first, so nothing flickers. It uses the terminal's
 * second screen; what was there before comes back with {@link #close()}.
 */
final class TerminalDisplay implements Display {

    private static final Duration INTERVAL = Duration.ofMillis(300);
    private static final String OPEN = "\u001b[?1049h\u001b[?25l";
    private static final String CLOSE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintWriter out;
    private final Screen screen;
    private final Supplier<TerminalSize> size;
    private boolean open = true;

    TerminalDisplay(PrintWriter out, Screen screen, Supplier<TerminalSize> size) {
        this.out = out;
        this.screen = screen;
        this.size = size;
        out.print(OPEN);
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public void show(DemoStatus status) {
        TerminalSize now = size.get();
        List<String> lines = screen.render(status, now.columns(), now.rows());
        out.print(
                HOME
                        + String.join(CLEAR_TO_END_OF_LINE + "\n", lines)
                        + CLEAR_TO_END_OF_LINE
                        + CLEAR_BELOW);
        out.flush();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            out.print(CLOSE);
            out.flush();
        }
    }
}
