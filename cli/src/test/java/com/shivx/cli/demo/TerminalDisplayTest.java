package com.shivx.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalDisplayTest {

    private static final DemoStatus STATUS =
            new DemoStatus(
                    "t",
                    "s",
                    "m",
                    false,
                    Duration.ZERO,
                    0,
                    0,
                    0,
                    Double.NaN,
                    0,
                    0,
                    Double.NaN,
                    Double.NaN,
                    Map.of(),
                    Map.of(),
                    List.of(),
                    null,
                    "",
                    "w",
                    "k");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void drawsOverItselfAndGivesTheTerminalBack() {
        PrintWriter out = new PrintWriter(bytes, true, UTF_8);
        try (TerminalDisplay display =
                new TerminalDisplay(out, new Screen(false, true), () -> TerminalSize.USUAL)) {
            display.show(STATUS);
        }

        String written = bytes.toString(UTF_8);
        assertThat(written)
                .startsWith("\u001b[?1049h\u001b[?25l\u001b[H")
                .endsWith("\u001b[?25h\u001b[?1049l");
        assertThat(written)
                .contains("\u001b[K\n")
                .contains("\u001b[K\u001b[J")
                .doesNotContain("\u001b[2J");
    }

    @ParameterizedTest
    @CsvSource({
        "50 132, 50, 132",
        "'24 80\n', 24, 80",
        "0 0, 24, 80",
        "stty: not a tty, 24, 80",
        "'', 24, 80"
    })
    void knowsTheSizeOfTheTerminal(String answer, int rows, int columns) {
        assertThat(TerminalSize.parse(answer)).isEqualTo(new TerminalSize(rows, columns));
    }

    @Test
    void smoothsWhatComesInSteps() {
        RateWindow rate = new RateWindow(Duration.ofSeconds(10));
        double last = 0;
        for (long second = 0; second <= 60; second++) {
            last = rate.perSecond(second * 1_000_000_000, second / 3 * 300);
        }

        assertThat(last).isCloseTo(100, within(20.0));
    }
}
