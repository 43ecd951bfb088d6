package com.shivx.features.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BarBuilderTest {

    private static final long SECOND = 1_000_000;

    private final BarBuilder seconds = new BarBuilder(SECOND);
    private final double[] state = new double[BarBuilder.SLOTS];

    @Test
    void barsAreAlignedToTheEpoch() {
        seconds.open(7 * SECOND + 999_999, 100, state, 0);
        assertThat(seconds.bar(state, 0).startMicros()).isEqualTo(7 * SECOND);
        seconds.open(-1, 100, state, 0);
        assertThat(seconds.bar(state, 0).startMicros()).isEqualTo(-SECOND);
    }

    @Test
    void aBarEndsWithTheIntervalAndNotBefore() {
        assertThat(seconds.intervalsUntil(5 * SECOND, state, 0)).as("none open").isZero();
        seconds.open(5 * SECOND, 100, state, 0);
        assertThat(seconds.intervalsUntil(6 * SECOND - 1, state, 0)).isZero();
        assertThat(seconds.intervalsUntil(6 * SECOND, state, 0)).isEqualTo(1);
        assertThat(seconds.intervalsUntil(65 * SECOND, state, 0)).isEqualTo(60);
        assertThat(seconds.intervalsUntil(4 * SECOND, state, 0)).as("late").isZero();
    }

    @Test
    void theFirstPriceReplacesTheOneFromBefore() {
        seconds.open(0, 90, state, 0);
        assertThat(seconds.bar(state, 0)).isEqualTo(new Bar(0, 90, 90, 90, 90, 0, 0, 0));
        seconds.price(100, state, 0);
        seconds.price(102, state, 0);
        seconds.price(99, state, 0);
        seconds.price(101, state, 0);
        assertThat(seconds.bar(state, 0)).isEqualTo(new Bar(0, 100, 102, 99, 101, 0, 0, 0));
    }

    @Test
    void addsUpTradesUntilTheNextBar() {
        seconds.open(0, 100, state, 0);
        seconds.trade(100, 2, 200, state, 0);
        seconds.trade(101, 1, 101, state, 0);
        assertThat(seconds.bar(state, 0)).isEqualTo(new Bar(0, 100, 100, 100, 100, 3, 301, 301));
        seconds.open(SECOND, 100, state, 0);
        assertThat(seconds.bar(state, 0).volume()).isZero();
    }

    @Test
    void refusesAnIntervalOfNothing() {
        assertThatThrownBy(() -> new BarBuilder(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0 µs");
    }
}
