package com.shivx.cli.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void isInteractiveAndColouredWhereTheCursorMoves() {
        assertThat(Terminal.of(Map.of("TERM", "xterm-256color"), UTF_8))
                .isEqualTo(new Terminal(true, true, true));
    }

    @Test
    void isPlainWhereTheTerminalIsDumbOrUnknown() {
        for (String term : new String[] {"dumb", ""}) {
            assertThat(Terminal.of(Map.of("TERM", term), UTF_8))
                    .isEqualTo(new Terminal(false, false, true));
        }
        assertThat(Terminal.of(Map.of(), UTF_8)).isEqualTo(new Terminal(false, false, true));
    }

    /** Any value but the empty one, as no-color.org has it. */
    @Test
    void hasNoColourWhereNoneIsWanted() {
        assertThat(Terminal.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), UTF_8))
                .isEqualTo(new Terminal(true, false, true));
        assertThat(Terminal.of(Map.of("TERM", "xterm", "NO_COLOR", ""), UTF_8))
                .isEqualTo(new Terminal(true, true, true));
    }

    @Test
    void speaksAsciiWhereTheTerminalDoes() {
        assertThat(Terminal.of(Map.of("TERM", "xterm"), ISO_8859_1).unicode()).isFalse();
    }

    /** A test runs without a terminal, as does a pipe. */
    @Test
    void isPlainWithoutAConsole() {
        assertThat(System.console()).isNull();
        assertThat(Terminal.ofProcess()).isEqualTo(new Terminal(false, false, false));
    }

    @Test
    void givesBackOnlyATerminalThatWasTaken() {
        StringWriter text = new StringWriter();
        new Terminal(false, false, false).restore(new PrintWriter(text));
        assertThat(text.toString()).isEmpty();

        new Terminal(true, true, true).restore(new PrintWriter(text));
        assertThat(text.toString()).isEqualTo("\u001b[?25h\u001b[?1049l");
    }
}
