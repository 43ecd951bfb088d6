package com.shivx.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How much fits on the terminal.
 *
 * @param rows lines
 * @param columns characters a line
 */
record TerminalSize(int rows, int columns) {

    /** What a terminal has that does not say. */
    static final TerminalSize USUAL = new TerminalSize(24, 80);

    /**
     * Asks the terminal behind standard input, at most once in so many calls: a window is not
     * resized at every update.
     */
    static Supplier<TerminalSize> ofTerminal(int everyCalls) {
        return new Supplier<>() {
            private TerminalSize last = USUAL;
            private int calls;

            @Override
            public TerminalSize get() {
                if (calls++ % everyCalls == 0) {
                    last = ask();
                }
                return last;
            }
        };
    }

    private static TerminalSize ask() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectErrorStream(true)
                            .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return USUAL;
            }
            return parse(
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    /** Reads {@code rows columns}; what is not that, or is no room at all, is the usual size. */
    static TerminalSize parse(String answer) {
        String[] words = answer.strip().split(" ");
        if (words.length != 2 || !words[0].matches("\\d{1,4}") || !words[1].matches("\\d{1,4}")) {
            return USUAL;
        }
        int rows = Integer.parseInt(words[0]);
        int columns = Integer.parseInt(words[1]);
        return rows == 0 || columns == 0 ? USUAL : new TerminalSize(rows, columns);
    }
}
