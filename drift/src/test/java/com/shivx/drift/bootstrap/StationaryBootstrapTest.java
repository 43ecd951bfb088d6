package com.shivx.drift.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StationaryBootstrapTest {

    private static final long SECOND = 1_000_000;
    private static final StationaryBootstrap QUICK = new StationaryBootstrap(5, 400, 0.95);

    @Test
    void coversTheMeanOfRowsThatHangTogether() {
        // AR(1), φ = 0.9: the rows count for a nineteenth of their number.
        double covered = coverage(6_000, 0.9, 100 * SECOND);

        assertThat(covered).isBetween(0.91, 0.99);
    }

    @Test
    void blocksShorterThanTheMemoryClaimTooMuch() {
        // φ = 0.995 remembers 200 rows, twenty blocks.
        double covered = coverage(2_000, 0.995, 10 * SECOND);

        assertThat(covered).isLessThan(0.5);
    }

    /** The share of 400 series of known mean, zero, whose interval holds it. */
    private static double coverage(int rows, double phi, long meanBlockMicros) {
        TimeCells cells = TimeCells.of(seconds(rows), meanBlockMicros);
        int trials = 400;
        long inside =
                IntStream.range(0, trials)
                        .parallel()
                        .mapToObj(trial -> QUICK.mean(cells, autoregression(rows, phi, trial)))
                        .filter(interval -> interval.answer() == Answer.NOT_SHOWN)
                        .count();
        return inside / (double) trials;
    }

    /** Stationary from its first value on. */
    private static double[] autoregression(int rows, double phi, long seed) {
        Random random = new Random(seed);
        double[] values = new double[rows];
        double x = random.nextGaussian() / Math.sqrt(1 - phi * phi);
        for (int i = 0; i < rows; i++) {
            values[i] = x;
            x = phi * x + random.nextGaussian();
        }
        return values;
    }

    @Test
    void symbolsThatMoveTogetherCountOnce() {
        Random random = new Random(2);
        int moments = 2_000;
        double[] once = random.doubles(moments, -1, 1).toArray();
        double[] tenfold = new double[moments * 10];
        long[] times = new long[moments * 10];
        for (int i = 0; i < times.length; i++) {
            tenfold[i] = once[i / 10];
            times[i] = i / 10 * SECOND;
        }

        Interval one = QUICK.mean(TimeCells.of(seconds(moments), 20 * SECOND), once);
        Interval ten = QUICK.mean(TimeCells.of(times, 20 * SECOND), tenfold);

        assertThat(ten.lower()).isCloseTo(one.lower(), within(1e-12));
        assertThat(ten.upper()).isCloseTo(one.upper(), within(1e-12));
    }

    @Test
    void theOrderOfRowsMeansNothing() {
        double[] values = new Random(3).doubles(3_000, 0, 1).toArray();
        long[] times = seconds(3_000);
        double[] reversed = new double[3_000];
        long[] reversedTimes = new long[3_000];
        for (int i = 0; i < 3_000; i++) {
            reversed[i] = values[2_999 - i];
            reversedTimes[i] = times[2_999 - i];
        }

        Interval forth = QUICK.mean(TimeCells.of(times, 60 * SECOND), values);
        Interval back = QUICK.mean(TimeCells.of(reversedTimes, 60 * SECOND), reversed);

        assertThat(back.lower()).isCloseTo(forth.lower(), within(1e-12));
        assertThat(back.estimate()).isCloseTo(forth.estimate(), within(1e-12));
    }

    @Test
    void aDifferenceIsMadeRowByRow() {
        Random random = new Random(4);
        double[] noise = random.doubles(3_000, 0, 100).toArray();
        double[] better = Arrays.stream(noise).map(v -> v + 0.1).toArray();
        TimeCells cells = TimeCells.of(seconds(3_000), 60 * SECOND);

        assertThat(QUICK.meanDifference(cells, better, noise).answer()).isEqualTo(Answer.ABOVE);
        assertThat(QUICK.meanDifference(cells, noise, better).answer()).isEqualTo(Answer.BELOW);
        assertThat(QUICK.meanDifference(cells, noise, noise).answer()).isEqualTo(Answer.NOT_SHOWN);
        assertThatThrownBy(() -> QUICK.meanDifference(cells, noise, new double[2]))
                .hasMessageContaining("3000 values cannot be paired with 2");
    }

    @Test
    void nineteenBlocksAreInconclusive() {
        double[] values = new double[19 * 60];
        Arrays.fill(values, 1);

        Interval few = QUICK.mean(TimeCells.of(seconds(values.length), 60 * SECOND), values);

        assertThat(few.blocks()).isEqualTo(19);
        assertThat(few.estimate()).isEqualTo(1);
        assertThat(few.answer()).isEqualTo(Answer.INCONCLUSIVE);
        assertThat(QUICK.mean(TimeCells.of(new long[0], SECOND), new double[0]).answer())
                .isEqualTo(Answer.INCONCLUSIVE);
    }

    @Test
    void aNightMakesNoBlocks() {
        long[] times = seconds(1_200);
        for (int i = 600; i < times.length; i++) {
            times[i] += 1_000_000 * SECOND;
        }

        TimeCells cells = TimeCells.of(times, 60 * SECOND);

        assertThat(cells.blocks()).isEqualTo(20);
        assertThat(cells.cellHours()).isCloseTo(6 / 3_600.0, within(1e-15));
    }

    @Test
    void aShortSilenceIsTime() {
        long[] everyHalfMinute = new long[100];
        Arrays.setAll(everyHalfMinute, i -> i * 30 * SECOND);

        assertThat(TimeCells.of(everyHalfMinute, 60 * SECOND).blocks()).isEqualTo(49);
    }

    @Test
    void timesFromTheEndsOfTheRangeDoNoHarm() {
        TimeCells cells = TimeCells.of(new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE}, SECOND);

        assertThat(cells.cells()).isEqualTo(3);
        assertThat(cells.cellOf(2)).isEqualTo(2);
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        double[] values = new Random(3).doubles(3_000, 0, 1).toArray();
        TimeCells cells = TimeCells.of(seconds(3_000), 60 * SECOND);

        assertThat(QUICK.mean(cells, values)).isEqualTo(QUICK.mean(cells, values));
    }

    @Test
    void aFigureThatSomeResamplesDoNotHaveIsInconclusive() {
        CellSums sums = new CellSums(TimeCells.of(seconds(3_000), 60 * SECOND), 1);
        sums.add(0, 0, 1);

        List<Interval> intervals =
                QUICK.intervals(sums, List.of(totals -> totals[0] == 0 ? Double.NaN : 1));

        assertThat(intervals.get(0).answer()).isEqualTo(Answer.INCONCLUSIVE);
    }

    @Test
    void refusesWhatCannotBeAveraged() {
        TimeCells cells = TimeCells.of(seconds(10), SECOND);

        assertThatThrownBy(() -> new CellSums(cells, 1).add(3, 0, Double.NaN))
                .hasMessageContaining("cannot take NaN");
        assertThatThrownBy(() -> TimeCells.of(seconds(10), 3)).hasMessageContaining("3 µs");
        assertThatThrownBy(() -> new StationaryBootstrap(1, 5, 0.95))
                .hasMessageContaining("resamples");
        assertThatThrownBy(() -> new StationaryBootstrap(1, 500, 1))
                .hasMessageContaining("confidence");
    }

    private static long[] seconds(int n) {
        long[] times = new long[n];
        Arrays.setAll(times, i -> i * SECOND);
        return times;
    }
}
