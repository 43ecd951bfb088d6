package com.shivx.models.validation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void ticksAreRound() {
        Axis axis = new Axis(-0.013, 0.037, 0, 100);

        assertThat(axis.ticks()).hasSizeBetween(4, 7).contains(0);
        assertThat(axis.text(axis.ticks()[0])).isEqualTo("-0.01");
        assertThat(axis.at(-0.013)).isZero();
        assertThat(axis.at(0.037)).isEqualTo(100);
    }

    @Test
    void holdsZeroAndWhatIsFinite() {
        Axis axis = Axis.holding(List.of(new double[] {3, Double.NaN, 7}), 0, 1);

        assertThat(axis.least()).isZero();
        assertThat(axis.most()).isBetween(7.0, 8.0);
    }

    @Test
    void hasRoomWhereNothingIs() {
        Axis axis = Axis.holding(List.of(new double[] {Double.NaN, 0}), 0, 1);

        assertThat(axis.most()).isGreaterThan(axis.least());
        assertThat(axis.ticks()).isNotEmpty();
    }
}
