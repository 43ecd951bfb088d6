package com.shivx.features.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExponentialAverageTest {

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 3", "2, 1", "2, 3", "2, 700", "5, 1", "5, 599"})
    void aRunIsAsManySteps(int before, int run) {
        ExponentialAverage average = ExponentialAverage.wilder(4, Seed.AVERAGE);
        double[] byRun = new double[ExponentialAverage.SLOTS];
        double[] byStep = new double[ExponentialAverage.SLOTS];
        for (int i = 0; i < before; i++) {
            average.add(i * i, byRun, 0);
            average.add(i * i, byStep, 0);
        }
        average.add(100, run, byRun, 0);
        for (int i = 0; i < run; i++) {
            average.add(100, byStep, 0);
        }
        double expected = average.value(byStep, 0);
        if (before + run < 4) {
            assertThat(expected).isNaN();
            assertThat(average.value(byRun, 0)).isNaN();
        } else {
            assertThat(average.value(byRun, 0)).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void powersAreThoseOfThePlatform() {
        ExponentialAverage average = ExponentialAverage.ofLength(26, Seed.FIRST);
        for (int steps : new int[] {0, 1, 2, 3, 64, 599}) {
            double expected = StrictMath.pow(25.0 / 27, steps);
            assertThat(average.remaining(steps)).isCloseTo(expected, within(expected * 1e-13));
        }
    }

    @Test
    void refusesWeightsAndLengthsThatAverageNothing() {
        assertThatThrownBy(() -> new ExponentialAverage(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weight 0.0");
        assertThatThrownBy(() -> new ExponentialAverage(1.1, 1)).hasMessageContaining("1.1");
        assertThatThrownBy(() -> ExponentialAverage.wilder(0, Seed.AVERAGE))
                .hasMessageContaining("seed of 0 values");
        assertThatThrownBy(() -> new Macd(26, 12, 9, Seed.FIRST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fast < slow, not 26, 12, 9");
        assertThatThrownBy(() -> new Macd(0, 12, 9, Seed.FIRST)).hasMessageContaining("0, 12, 9");
        assertThatThrownBy(() -> new Macd(12, 26, 0, Seed.FIRST)).hasMessageContaining("26, 0");
    }
}
