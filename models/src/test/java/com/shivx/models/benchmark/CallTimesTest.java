package com.shivx.models.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Quantiles against the sorted times. */
class CallTimesTest {

    @Test
    void findsTheQuantilesOfTheSortedTimes() {
        long[] times =
                new SplittableRandom(1)
                        .doubles(20_000, 0, 40)
                        .mapToLong(exponent -> (long) Math.exp(exponent))
                        .toArray();
        CallTimes histogram = new CallTimes();
        Arrays.stream(times).forEach(histogram::add);
        Arrays.sort(times);

        assertThat(histogram.count()).isEqualTo(times.length);
        assertThat(histogram.sumNanos()).isEqualTo(Arrays.stream(times).sum());
        for (double share : new double[] {0.001, 0.1, 0.5, 0.99, 0.9999, 1}) {
            long exact = times[(int) Math.ceil(share * times.length) - 1];
            assertThat(histogram.quantileNanos(share))
                    .isBetween((long) (exact * (1 - 1 / 64.0)) - 1, exact);
        }
    }

    @Test
    void countsAClockThatWentBackAsNoTime() {
        CallTimes times = new CallTimes();
        times.add(-5);
        times.add(Long.MAX_VALUE);

        assertThat(times.quantileNanos(0.5)).isZero();
        assertThat(times.quantileNanos(1)).isGreaterThan(Long.MAX_VALUE / 65 * 64);
        assertThat(new CallTimes().quantileNanos(0.99)).isZero();
    }
}
