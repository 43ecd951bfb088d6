package com.shivx.cli.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AcknowledgementWatchTest {

    private final AcknowledgementWatch watch = new AcknowledgementWatch(Duration.ofSeconds(30));

    @Test
    void noticesABrokerThatAcknowledgesNothingAnyMore() {
        assertThat(isGone(0, 100, 90)).isFalse();
        assertThat(isGone(30, 200, 90)).isFalse();
        assertThat(isGone(31, 200, 90)).isTrue();
    }

    @Test
    void givesASlowBrokerTime() {
        for (int second = 0; second < 300; second += 29) {
            assertThat(isGone(second, 1_000_000, 10 + second)).isFalse();
        }
    }

    @Test
    void waitsForNothingWhereNothingIsSent() {
        assertThat(isGone(0, 50, 50)).isFalse();
        assertThat(isGone(1_000, 50, 50)).isFalse();
        assertThat(isGone(1_001, 51, 50)).isFalse();
        assertThat(isGone(1_030, 51, 50)).isFalse();
        assertThat(isGone(1_031, 51, 50)).isTrue();
    }

    private boolean isGone(long second, long sent, long acknowledged) {
        return watch.isGone(Duration.ofSeconds(second).toNanos(), sent, acknowledged);
    }
}
