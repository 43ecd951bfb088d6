package com.shivx.models.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.accuracy.LogLoss;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A random walk cannot be predicted. A learner that is given the time and nothing else (the
 * outcomes of the 20 learned rows nearest in time) seems to, wherever outcomes that overlap stand
 * on both sides of a split.
 */
class FutureLeakTest {

    private static final int ROWS = 40_000;
    private static final int HORIZON = 60;
    private static final int NEIGHBOURS = 20;

    /** How many imagined outcomes, half of each kind, stand beside the neighbours'. */
    private static final double DOUBT = 40;

    /** A window of about 650 rows, tested by the 65 that follow. */
    private static final SpanShares SHARES = new SpanShares(0.6, 0.3, 0.1);

    private static final int FOLDS = 608;

    private final boolean[] rose = walk();

    private static boolean[] walk() {
        Random random = new Random(12);
        double[] price = new double[ROWS + HORIZON];
        for (int i = 1; i < price.length; i++) {
            price[i] = price[i - 1] + random.nextGaussian();
        }
        boolean[] rose = new boolean[ROWS];
        for (int i = 0; i < ROWS; i++) {
            rose[i] = price[i + HORIZON] > price[i];
        }
        return rose;
    }

    @Test
    void aRandomSplitGains() {
        Random random = new Random(5);
        int[] learned = IntStream.range(0, ROWS).filter(row -> random.nextBoolean()).toArray();
        int[] tested =
                IntStream.range(0, ROWS)
                        .filter(row -> Arrays.binarySearch(learned, row) < 0)
                        .toArray();

        assertThat(gain(learned, tested) / tested.length).isGreaterThan(0.1);
    }

    @Test
    void spansWithoutPurgeGain() {
        assertThat(walkForward(0)).isGreaterThan(0.02);
    }

    @Test
    void purgedSpansDoNot() {
        assertThat(walkForward(HORIZON)).isLessThan(0);
    }

    private double walkForward(int purge) {
        double gain = 0;
        int n = 0;
        for (Spans spans : Spans.walkForward(new Span(0, ROWS), HORIZON, SHARES, FOLDS)) {
            int testFrom = (int) spans.test().fromMicros();
            int[] learned =
                    IntStream.range((int) spans.fit().fromMicros(), testFrom - purge).toArray();
            int[] tested = IntStream.range(testFrom, (int) spans.test().untilMicros()).toArray();
            gain += gain(learned, tested);
            n += tested.length;
        }
        return gain / n;
    }

    /** Sum of log-loss that the learner saves against saying one half. */
    private double gain(int[] learned, int[] tested) {
        double gain = 0;
        for (int row : tested) {
            double p = (risen(learned, row) + DOUBT / 2) / (NEIGHBOURS + DOUBT);
            gain += LogLoss.of(0.5) - LogLoss.of(rose[row] ? p : 1 - p);
        }
        return gain;
    }

    private int risen(int[] learned, int row) {
        int at = -Arrays.binarySearch(learned, row) - 1;
        int low = at - 1;
        int high = at;
        int risen = 0;
        for (int i = 0; i < NEIGHBOURS; i++) {
            boolean below =
                    high >= learned.length
                            || (low >= 0 && row - learned[low] <= learned[high] - row);
            risen += rose[learned[below ? low-- : high++]] ? 1 : 0;
        }
        return risen;
    }
}
