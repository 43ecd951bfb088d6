package com.shivx.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WarmUpTest {

    private final WarmUp all = WarmUp.ticks(2).and(WarmUp.bars(60)).and(WarmUp.seconds(30));

    @Test
    void isOverWhenAllHavePassed() {
        assertThat(all.isOver(2, 60, 30)).isTrue();
        assertThat(all.isOver(1, 60, 30)).isFalse();
        assertThat(all.isOver(2, 59, 30)).isFalse();
        assertThat(all.isOver(2, 60, 29.999999)).isFalse();
        assertThat(WarmUp.NONE.isOver(0, 0, 0)).isTrue();
    }

    @Test
    void twoTogetherAskForTheMostOfEach() {
        assertThat(new WarmUp(1, 9, 3).and(new WarmUp(4, 5, 6))).isEqualTo(new WarmUp(4, 9, 6));
    }

    @Test
    void printsWhatItAsksFor() {
        assertThat(all).hasToString("2 ticks, 60 bars, 30 s");
        assertThat(WarmUp.bars(1)).hasToString("1 bars");
        assertThat(WarmUp.NONE).hasToString("none");
    }

    @Test
    void refusesLessThanNothing() {
        assertThatThrownBy(() -> WarmUp.ticks(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1 ticks");
        assertThatThrownBy(() -> WarmUp.bars(-1)).hasMessageContaining("-1 bars");
        assertThatThrownBy(() -> WarmUp.seconds(-1)).hasMessageContaining("-1 s");
    }
}
