package com.shivx.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    /** Against a sorted list, to the width of a bucket. */
    @Test
    void givesTheQuantilesOfTheEvents() {
        SplittableRandom random = new SplittableRandom(3);
        long[] micros = new long[10_007];
        Latencies latencies = new Latencies();
        for (int i = 0; i < micros.length; i++) {
            micros[i] = (long) (1_000 * Math.exp(2 * random.nextDouble(-1, 2)));
            latencies.add(micros[i]);
        }
        Arrays.sort(micros);
        for (double share : new double[] {0.001, 0.5, 0.99, 0.999, 1}) {
            long exact = micros[(int) Math.ceil(share * micros.length) - 1];
            assertThat(latencies.millis(share)).isCloseTo(exact / 1e3, within(0.0201));
        }
        assertThat(latencies.highestMillis()).isEqualTo(micros[micros.length - 1] / 1e3);
        assertThat(latencies.count()).isEqualTo(micros.length);
    }

    @Test
    void keepsTheHighestBeyondItsScale() {
        Latencies latencies = new Latencies();
        latencies.add(25_000_000);
        assertThat(latencies.millis(0.5)).isEqualTo(25_000);
    }

    @Test
    void hasNoQuantileOfNothing() {
        assertThat(new Latencies().millis(0.5)).isNaN();
    }
}
