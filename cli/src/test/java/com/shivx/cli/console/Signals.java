package com.shivx.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Signals to this process, as a terminal and {@code kill} send them. */
public final class Signals {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    private static final int INT = 2;

    private Signals() {}

    /** What Ctrl-C does; where nobody hears that, what {@code kill} does. */
    public static void interrupt() throws Exception {
        send(isCtrlCHeard() ? "INT" : "TERM");
    }

    /** Sends one by its name. */
    static void send(String name) throws Exception {
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    }

    /**
     * False in a process that a shell without job control has started in the background: it is born
     * with that signal ignored, and a JVM leaves it so.
     */
    static boolean isCtrlCHeard() throws Exception {
        if (!Files.isReadable(STATUS)) {
            return true;
        }
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(IGNORED)) {
                long mask = Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16);
                return ((mask >> (INT - 1)) & 1) == 0;
            }
        }
        return true;
    }
}
