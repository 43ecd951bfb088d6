package com.shivx.models.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationHistogramTest {

    private static final DurationBuckets BUCKETS = new DurationBuckets(64, 20);

    private static final double RESOLUTION = 1.0 / 32;

    @Test
    void bucketsFollowOneAnotherWithoutAGap() {
        int last = BUCKETS.of(Long.MAX_VALUE);
        for (int bucket = 1; bucket <= last; bucket++) {
            long lowest = BUCKETS.lowest(bucket);
            assertThat(BUCKETS.of(lowest)).isEqualTo(bucket);
            assertThat(BUCKETS.of(lowest - 1)).isEqualTo(bucket - 1);
        }
        assertThat(BUCKETS.lowest(0)).isZero();
        assertThat(BUCKETS.of(-7)).isZero();
        assertThat(BUCKETS.of((1L << 26) - 1)).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0001, 0.5, 0.95, 0.99, 1})
    void boundsAQuantileFromBothSides(double share) {
        long seed = Long.getLong("shivx.seed", new SplittableRandom().nextInt(1_000_000));
        System.out.println("DurationHistogramTest: -Dshivx.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        DurationHistogram histogram = new DurationHistogram();
        long[] durations = new long[5_000];
        for (int i = 0; i < durations.length; i++) {
            durations[i] = (long) Math.pow(2, random.nextDouble() * 25);
            histogram.add(durations[i]);
        }
        Arrays.sort(durations);
        int rank = (int) Math.ceil(share * durations.length);
        long exact = durations[rank - 1];

        assertThat(histogram.total()).isEqualTo(durations.length);
        assertThat(histogram.quantile(share)).isEqualTo(histogram.atLeast(rank));
        assertThat(exact).isBetween(histogram.atLeast(rank), histogram.atMost(rank));
        assertThat((double) histogram.atMost(rank))
                .isLessThanOrEqualTo(histogram.atLeast(rank) * (1 + RESOLUTION));
    }

    @Test
    void partsAddUpToTheWholeAndStayAsTheyAre() {
        DurationHistogram whole = new DurationHistogram();
        DurationHistogram sum = new DurationHistogram();
        DurationHistogram[] parts = new DurationHistogram[4];
        Arrays.setAll(parts, i -> new DurationHistogram());
        for (int i = 0; i < 3_000; i++) {
            whole.add(i * i);
            parts[i % 3].add(i * i);
        }
        long[] before = parts[1].counts.clone();
        for (DurationHistogram part : parts) {
            sum.add(part);
        }

        assertThat(sum.counts).isEqualTo(whole.counts);
        assertThat(parts[1].counts).isEqualTo(before);
        assertThat(parts[3].counts).as("an empty one takes no room").isEmpty();
    }

    @Test
    void ofNoneEveryRankIsNothing() {
        DurationHistogram none = new DurationHistogram();
        assertThat(none.total()).isZero();
        assertThat(none.quantile(0.95)).isZero();
        assertThat(none.atLeast(1)).isZero();
        assertThat(none.atMost(1)).isZero();
    }

    @Test
    void whatIsTooLongToBeToldHasNoUpperBound() {
        DurationHistogram histogram = new DurationHistogram();
        histogram.add(Long.MAX_VALUE);
        assertThat(histogram.atMost(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(histogram.atLeast(1)).isGreaterThan(65_000_000);
        assertThat(histogram.atLeast(99)).as("the last there is").isEqualTo(histogram.atLeast(1));
    }
}
