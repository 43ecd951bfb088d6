package com.shivx.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void saysNothingOfNothing() {
        assertThat(histogram.quantile(0.5)).isNaN();
    }

    @Test
    void isExactBelowASecond() {
        for (int millis = 1; millis <= 100; millis++) {
            histogram.add(millis);
        }

        assertThat(histogram.quantile(0.5)).isEqualTo(50);
        assertThat(histogram.quantile(0.99)).isEqualTo(99);
        assertThat(histogram.quantile(1)).isEqualTo(100);
    }

    @Test
    void isCloseAboveASecond() {
        for (long millis : new long[] {1_024, 1_025, 5_000, 123_456, 86_400_000}) {
            LatencyHistogram one = new LatencyHistogram();
            one.add(millis);
            assertThat(one.quantile(0.5)).isCloseTo((double) millis, withinPercentage(0.2));
        }
    }

    @Test
    void neitherNegativeNorHugeLatenciesBreakIt() {
        histogram.add(-5);
        assertThat(histogram.quantile(0.5)).isZero();
        histogram.add(Long.MAX_VALUE);
        assertThat(histogram.quantile(1)).isGreaterThan(86_400_000);
    }

    @Test
    void followsWhatHappensNow() {
        for (int i = 0; i < 100_000; i++) {
            histogram.add(900);
        }
        for (int i = 0; i < 100_000; i++) {
            histogram.add(5);
        }

        assertThat(histogram.quantile(0.5)).isEqualTo(5);
    }
}
