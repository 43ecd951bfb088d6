package com.shivx.bench.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipfRanksTest {

    private static final int DRAWS = 2_000_000;

    /** Each rank as often as the law says, to four standard deviations of counting. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void drawsEachRankAsOftenAsTheLawSays(int ranks) {
        double harmonic = 0;
        for (int k = 1; k <= ranks; k++) {
            harmonic += 1.0 / k;
        }
        int[] drawn = new int[ranks];
        ZipfRanks zipf = new ZipfRanks(ranks);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DRAWS; i++) {
            drawn[zipf.draw(random)]++;
        }
        for (int k = 1; k <= ranks; k++) {
            double expected = DRAWS / (k * harmonic);
            assertThat((double) drawn[k - 1])
                    .as("rank %d of %d", k, ranks)
                    .isCloseTo(expected, within(4.5 * Math.sqrt(expected) + 1));
        }
    }
}
