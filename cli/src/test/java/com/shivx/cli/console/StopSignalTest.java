package com.shivx.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopSignalTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void isRaisedByCtrlCAndByKillAndGivesThemBack(String name) throws Exception {
        assumeTrue(
                name.equals("TERM") || Signals.isCtrlCHeard(),
                "started in the background by a shell that has Ctrl-C ignored");
        try (StopSignal before = StopSignal.ofProcess(() -> {})) {
            try (StopSignal stop = StopSignal.ofProcess(() -> {})) {
                assertThat(stop.isRequested()).isFalse();
                Signals.send(name);
                assertThat(stop.await(DEADLINE)).isTrue();
                assertThat(before.isRequested()).isFalse();
            }
            Signals.send(name);
            assertThat(before.await(DEADLINE)).isTrue();
        }
    }

    @Test
    void leavesSignalsToWhoeverHasTakenThemSince() throws Exception {
        StopSignal first = StopSignal.ofProcess(() -> {});
        try (StopSignal second = StopSignal.ofProcess(() -> {})) {
            first.close();
            Signals.interrupt();
            assertThat(second.await(DEADLINE)).isTrue();
            assertThat(first.isRequested()).isFalse();
        }
    }
}
