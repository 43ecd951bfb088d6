package com.shivx.operators.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringMetricsTest {

    @ParameterizedTest
    @CsvSource({
        "-5, 1",
        "0, 1",
        "1, 1",
        "2, 2",
        "3, 5",
        "100, 100",
        "101, 200",
        "9999, 10000",
        "10000, 10000",
        "10001, 9223372036854775807",
        "9223372036854775807, 9223372036854775807"
    })
    void countsALatencyInTheFirstBucketThatHoldsIt(long millis, long bound) {
        assertThat(ScoringMetrics.boundOf(ScoringMetrics.bucketOf(millis))).isEqualTo(bound);
    }
}
