package com.shivx.drift.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often a version is promoted that is no better, and how soon one that is: by votes of instants
 * a horizon apart, looked at after every one.
 */
class NullRolloutsTest {

    private static final double ALPHA = 0.05;
    private static final double BOUND = -Math.log(ALPHA);
    private static final int SYMBOLS = 12;

    /** Predictions within a horizon, whose outcomes overlap. */
    private static final int OVERLAPPING = 20;

    private static final int RUNS = 2_000;
    private static final int HORIZONS = 200;

    /** Correlation of two symbols' returns. */
    private static final double CORRELATION = 0.6;

    /**
     * Neither of two models knows anything of returns that are independent in time and move
     * together over symbols; each holds on to its opinion of the market for a while.
     */
    @Test
    void promotesOneThatIsNoBetterInAtMostAlphaOfAllRollouts() {
        int promoted = 0;
        int sentBack = 0;
        int byCountingOutcomes = 0;
        for (int run = 0; run < RUNS; run++) {
            NullMarket market = new NullMarket(run);
            PairedVotes votes = PairedVotes.NONE;
            PairedVotes outcomes = PairedVotes.NONE;
            boolean better = false;
            boolean worse = false;
            boolean counted = false;
            for (int horizon = 0; horizon < HORIZONS; horizon++) {
                market.advance();
                votes = votes.plus(market.newerAloneRight[0], market.olderAloneRight[0]);
                outcomes =
                        outcomes.plus(
                                new PairedVotes(
                                        Arrays.stream(market.newerAloneRight).sum(),
                                        Arrays.stream(market.olderAloneRight).sum()));
                better |= EProcess.logNewer(votes) >= BOUND;
                worse |= EProcess.logOlder(votes) >= BOUND;
                counted |= EProcess.logNewer(outcomes) >= BOUND;
            }
            promoted += better ? 1 : 0;
            sentBack += worse ? 1 : 0;
            byCountingOutcomes += counted ? 1 : 0;
        }

        assertThat((double) promoted / RUNS).isBetween(0.001, ALPHA);
        assertThat((double) sentBack / RUNS).isBetween(0.001, ALPHA);
        assertThat((double) byCountingOutcomes / RUNS)
                .as("what votes are for: outcomes that overlap or move together are not many")
                .isGreaterThan(0.25);
    }

    /** Prices of a market, and what two models that know nothing say of it. */
    private static final class NullMarket {

        private static final double FLIP = 0.05;
        private static final double OWN_OPINION = 0.2;

        private final SplittableRandom random;
        private final boolean[] opinions = new boolean[2];
        private final double[][] now = new double[OVERLAPPING][SYMBOLS];
        private final double[][] next = new double[OVERLAPPING][SYMBOLS];

        /** By prediction within the horizon. */
        private final long[] newerAloneRight = new long[OVERLAPPING];

        private final long[] olderAloneRight = new long[OVERLAPPING];

        NullMarket(long seed) {
            random = new SplittableRandom(seed);
            draw(next);
        }

        private void draw(double[][] returns) {
            for (double[] step : returns) {
                double common = Math.sqrt(CORRELATION) * random.nextGaussian();
                for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                    step[symbol] = common + Math.sqrt(1 - CORRELATION) * random.nextGaussian();
                }
            }
        }

        /** Over the next horizon, whose predictions reach into the one after it. */
        void advance() {
            for (int step = 0; step < OVERLAPPING; step++) {
                System.arraycopy(next[step], 0, now[step], 0, SYMBOLS);
            }
            draw(next);
            double[] over = new double[SYMBOLS];
            for (double[] step : now) {
                for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                    over[symbol] += step[symbol];
                }
            }
            for (int step = 0; step < OVERLAPPING; step++) {
                predict(step, over);
                for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                    over[symbol] += next[step][symbol] - now[step][symbol];
                }
            }
        }

        private void predict(int step, double[] over) {
            newerAloneRight[step] = 0;
            olderAloneRight[step] = 0;
            for (int model = 0; model < opinions.length; model++) {
                opinions[model] ^= random.nextDouble() < FLIP;
            }
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                boolean up = over[symbol] > 0;
                boolean newer = answer(opinions[0]) == up;
                boolean older = answer(opinions[1]) == up;
                newerAloneRight[step] += newer && !older ? 1 : 0;
                olderAloneRight[step] += older && !newer ? 1 : 0;
            }
        }

        private boolean answer(boolean opinion) {
            return opinion ^ (random.nextDouble() < OWN_OPINION);
        }
    }

    /** The table in {@link EProcess}. */
    @ParameterizedTest
    @CsvSource({
        "0.55, 0.09, 0.20, 0.37, 0.63",
        "0.60, 0.34, 0.66, 0.93, 1.00",
        "0.65, 0.70, 0.97, 1.00, 1.00",
        "0.70, 0.94, 1.00, 1.00, 1.00",
        "0.75, 1.00, 1.00, 1.00, 1.00"
    })
    void findsABetterOne(double winning, double by100, double by200, double by400, double by800) {
        SplittableRandom random = new SplittableRandom(7);
        int runs = 4_000;
        int[] found = new int[4];
        for (int run = 0; run < runs; run++) {
            PairedVotes votes = PairedVotes.NONE;
            int needed = 0;
            while (needed < 800 && EProcess.logNewer(votes) < BOUND) {
                boolean won = random.nextDouble() < winning;
                votes = votes.plus(won ? 1 : 0, won ? 0 : 1);
                needed++;
            }
            boolean decided = EProcess.logNewer(votes) >= BOUND;
            for (int i = 0; i < found.length; i++) {
                found[i] += decided && needed <= 100 << i ? 1 : 0;
            }
        }

        double[] shares = Arrays.stream(found).mapToDouble(each -> (double) each / runs).toArray();
        assertThat(shares).containsExactly(new double[] {by100, by200, by400, by800}, within(0.02));
    }
}
