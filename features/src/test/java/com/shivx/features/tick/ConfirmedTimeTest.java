package com.shivx.features.tick;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfirmedTimeTest {

    private static final long NOON = 1_723_161_600_000_000L;
    private static final long YEAR = 365L * 24 * 3_600 * 1_000_000;

    private final QualityState state = new QualityState();

    @Test
    void aSingleTickConfirmsNothing() {
        assertThat(confirm(NOON, 1)).isEqualTo(ConfirmedTime.NONE);
        assertThat(confirm(NOON + 5, 2)).isEqualTo(NOON + 5);
    }

    @Test
    void aLateTickConfirmsTheHighestTime() {
        confirm(NOON, 1);
        assertThat(confirm(NOON - 100_000, 2)).isEqualTo(NOON);
    }

    @Test
    void aStrayFirstTickNeverMovesTheWatermark() {
        assertThat(confirm(NOON + 900 * YEAR, 1)).isEqualTo(ConfirmedTime.NONE);
        assertThat(confirm(NOON, 2)).isEqualTo(ConfirmedTime.NONE);
        assertThat(confirm(NOON + 1, 3)).isEqualTo(NOON + 1);
    }

    @Test
    void whatIsSetAsideConfirmsNothing() {
        confirm(NOON, 1);
        confirm(NOON + 1, 2);
        assertThat(confirm(NOON + YEAR, 3)).as("future").isEqualTo(ConfirmedTime.NONE);
        assertThat(confirm(NOON + 2, 2)).as("duplicate").isEqualTo(ConfirmedTime.NONE);
        assertThat(confirm(0, 3)).as("out of order").isEqualTo(ConfirmedTime.NONE);
        assertThat(confirm(NOON + 2, 3, -1, 1)).as("bad price").isEqualTo(ConfirmedTime.NONE);
        assertThat(confirm(NOON + 2, 3, 1, 0)).as("bad size").isEqualTo(ConfirmedTime.NONE);
        assertThat(confirm(NOON + 2, 3)).isEqualTo(NOON + 2);
    }

    @Test
    void aCrossedQuoteHasATimeToo() {
        confirm(NOON, 1);
        Tick crossed = Tick.quote("s", NOON + 9, NOON + 9, 1, 2, 1, 1, 1);
        assertThat(ConfirmedTime.confirm(crossed, state, QualityRules.DEFAULT)).isEqualTo(NOON + 9);
    }

    private long confirm(long micros, long sequence) {
        return confirm(micros, sequence, 100, 1);
    }

    private long confirm(long micros, long sequence, double price, double size) {
        Tick tick = Tick.trade("s", micros, micros, sequence, price, size, null);
        return ConfirmedTime.confirm(tick, state, QualityRules.DEFAULT);
    }
}
