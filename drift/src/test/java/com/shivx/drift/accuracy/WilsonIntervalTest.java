package com.shivx.drift.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {

    /** scipy 1.17.1: {@code binomtest(k, n).proportion_ci(0.95, method="wilson")}. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0.0, 0.27753279986288926",
        "1, 10, 0.017876213095072896, 0.4041500267952385",
        "5, 10, 0.236593090512564, 0.7634069094874361",
        "10, 10, 0.7224672001371109, 1.0",
        "450, 1000, 0.41941538407429674, 0.48096729177425873"
    })
    void agreesWithScipy(long successes, long trials, double lower, double upper) {
        WilsonInterval interval = WilsonInterval.of(successes, trials, WilsonInterval.Z_95);

        assertThat(interval.lower()).isCloseTo(lower, within(1e-12));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-12));
    }

    @Test
    void isNoIntervalWithoutTrials() {
        WilsonInterval interval = WilsonInterval.of(0, 0, WilsonInterval.Z_95);

        assertThat(interval.lower()).isNaN();
        assertThat(interval.upper()).isNaN();
    }

    @Test
    void refusesCountsThatCannotBe() {
        assertThatThrownBy(() -> WilsonInterval.of(3, 2, WilsonInterval.Z_95))
                .hasMessageContaining("3 successes in 2 trials");
        assertThatThrownBy(() -> WilsonInterval.of(-1, 2, WilsonInterval.Z_95))
                .hasMessageContaining("-1 successes");
        assertThatThrownBy(() -> WilsonInterval.of(1, 2, Double.NaN)).hasMessageContaining("z");
    }
}
