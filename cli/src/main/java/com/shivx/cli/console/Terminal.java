package com.shivx.cli.console;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with where the command prints to.
 *
 * @param interactive whether the cursor can be moved
 * @param coloured whether colour is wanted
 * @param unicode whether characters beyond ASCII arrive
 */
public record Terminal(boolean interactive, boolean coloured, boolean unicode) {

    private static final String SHOW_CURSOR_AND_FIRST_SCREEN = "\u001b[?25h\u001b[?1049l";

    /** The terminal of this process, if it has one. */
    public static Terminal ofProcess() {
        Console console = console();
        return console == null
                ? new Terminal(false, false, false)
                : of(System.getenv(), console.charset());
    }

    /** {@code TERM=dumb} cannot move its cursor; {@code NO_COLOR} (no-color.org) wants none. */
    public static Terminal of(Map<String, String> environment, Charset charset) {
        String term = environment.getOrDefault("TERM", "dumb");
        boolean interactive = !term.isEmpty() && !term.equals("dumb");
        boolean coloured = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(interactive, coloured, charset.equals(StandardCharsets.UTF_8));
    }

    /** A writer in the terminal's own character set, which on a JDK 17 need not be the default. */
    public static PrintWriter writer() {
        Console console = console();
        Charset charset = console == null ? Charset.defaultCharset() : console.charset();
        return new PrintWriter(System.out, true, charset);
    }

    /** Gives the terminal back as it was before a live screen took it. */
    public void restore(PrintWriter out) {
        if (interactive) {
            out.print(SHOW_CURSOR_AND_FIRST_SCREEN);
            out.flush();
        }
    }

    /** From JDK 22 there is always a console, which says itself whether it is a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static @Nullable Console console() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            Object terminal = Console.class.getMethod("isTerminal").invoke(console);
            return Boolean.TRUE.equals(terminal) ? console : null;
        } catch (NoSuchMethodException e) {
            return console;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public method of a public class", e);
        }
    }
}
