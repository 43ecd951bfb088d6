package com.shivx.cli.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Says what is being done before it is done, then what came of it and how long it took. */
public final class Steps {

    private final PrintWriter out;

    public Steps(PrintWriter out) {
        this.out = out;
    }

    /** Does a step. */
    public <T> T step(String name, Callable<T> action, Function<T, String> result)
            throws Exception {
        out.printf(Locale.ROOT, "%-12s ", name);
        out.flush();
        long start = System.nanoTime();
        T done;
        try {
            done = action.call();
        } catch (Exception e) {
            out.println("failed");
            throw e;
        }
        out.printf(
                Locale.ROOT,
                "%s (%.1f s)%n",
                result.apply(done),
                (System.nanoTime() - start) / 1e9);
        return done;
    }

    /** Says something by itself. */
    public void say(String line) {
        out.println(line);
        out.flush();
    }
}
