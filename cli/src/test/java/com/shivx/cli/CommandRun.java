package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.cli.console.Signals;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of the whole command in this process, from its arguments to its exit code. */
final class CommandRun {

    private static final long DEADLINE_SECONDS = 120;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    private CommandRun() {}

    /** Runs it to its end. */
    static CommandRun of(String... args) throws Exception {
        CommandRun run = start(args);
        run.exitCode();
        return run;
    }

    /** Starts it in a thread of its own. */
    static CommandRun start(String... args) {
        CommandRun run = new CommandRun();
        Thread thread =
                new Thread(
                        () ->
                                run.exit.complete(
                                        Shivx.commandLine()
                                                .setOut(new PrintWriter(run.out, true))
                                                .setErr(new PrintWriter(run.err, true))
                                                .execute(args)),
                        "shivx " + String.join(" ", args));
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    /** Presses Ctrl-C. */
    void interrupt() throws Exception {
        assertThat(exit).as("runs until it is stopped:\n%s", this).isNotDone();
        Signals.interrupt();
    }

    /** Returns when it has printed that, which it must before it ends. */
    void awaitOut(String text) throws Exception {
        Until.holds(
                "'" + text + "' printed",
                () -> {
                    assertThat(exit.isDone() && !out().contains(text))
                            .as("ended without '%s':\n%s", text, this)
                            .isFalse();
                    return out().contains(text);
                });
    }

    /** The exit code, once it has ended. */
    int exitCode() throws Exception {
        return exit.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** Where the Kafka of a demo listens, by what it has printed. */
    String kafka() {
        Matcher line = Pattern.compile("Kafka +(localhost:\\d+)").matcher(out());
        assertThat(line.find()).as("%s", this).isTrue();
        return line.group(1);
    }

    URI webUi() {
        Matcher line = Pattern.compile("Flink +(http://\\S+)").matcher(out());
        assertThat(line.find()).as("%s", this).isTrue();
        return URI.create(line.group(1));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Everything it has printed, for whoever wonders why a test fails. */
    @Override
    public String toString() {
        return out() + err();
    }
}
