package com.shivx.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopSignalTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Test
    void isRaisedByCtrlCAndByKillAndGivesThemBack() throws Exception {
        for (String name : new String[] {"INT", "TERM"}) {
            try (StopSignal before = StopSignal.ofProcess(() -> {})) {
                try (StopSignal stop = StopSignal.ofProcess(() -> {})) {
                    assertThat(stop.isRequested()).isFalse();
                    kill(name);
                    assertThat(stop.await(DEADLINE)).isTrue();
                    assertThat(before.isRequested()).isFalse();
                }
                kill(name);
                assertThat(before.await(DEADLINE)).isTrue();
            }
        }
    }

    @Test
    void leavesSignalsToWhoeverHasTakenThemSince() throws Exception {
        StopSignal first = StopSignal.ofProcess(() -> {});
        try (StopSignal second = StopSignal.ofProcess(() -> {})) {
            first.close();
            kill("INT");
            assertThat(second.await(DEADLINE)).isTrue();
            assertThat(first.isRequested()).isFalse();
        }
    }

    private static void kill(String signal) throws Exception {
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
    }
}
