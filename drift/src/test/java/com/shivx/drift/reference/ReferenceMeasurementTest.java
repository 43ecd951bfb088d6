package com.shivx.drift.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceMeasurementTest {

    private static final long SECOND = 1_000_000;

    @Test
    void cutsAContinuousColumnIntoTenths() {
        ColumnProfile column = only(IntStream.range(0, 1_000).asDoubleStream().toArray());

        assertThat(column.bins().edges())
                .containsExactly(99, 199, 299, 399, 499, 599, 699, 799, 899);
        assertThat(column.counts())
                .containsExactly(100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 0);
        assertThat(column.quantiles()).hasSize(1_000);
        assertThat(column.quantiles()[999]).isEqualTo(999);
    }

    @Test
    void givesAnAtomABinOfItsOwnAndCollapsesDuplicates() {
        double[] values = new double[1_000];
        for (int i = 0; i < 1_000; i++) {
            // 40 % zero, 30 % below, 30 % above.
            values[i] = i < 400 ? 0 : i < 700 ? -1 - i : 1 + i;
        }

        ColumnProfile column = only(values);

        int bin = column.bins().of(0);
        assertThat(column.counts()[bin]).isEqualTo(400);
        assertThat(column.bins().of(Math.nextUp(0.0))).isEqualTo(bin + 1);
        assertThat(column.bins().of(-Double.MIN_VALUE)).isEqualTo(bin - 1);
        assertThat(Arrays.stream(column.counts()).sum()).isEqualTo(1_000);
    }

    @Test
    void bothZerosAreOneValue() {
        ColumnProfile column = only(-0.0, 0.0, -0.0, 0.0, -1, 1);

        assertThat(column.counts()[column.bins().of(-0.0)]).isEqualTo(4);
        assertThat(column.bins().of(0.0)).isEqualTo(column.bins().of(-0.0));
        QuantileGrid grid = new QuantileGrid(column.quantiles());
        assertThat(grid.cellOf(-0.0)).isEqualTo(grid.cellOf(0.0));
    }

    @Test
    void countsWhatIsMissingApart() {
        ColumnProfile column =
                only(1, Double.NaN, 2, Double.POSITIVE_INFINITY, 3, Double.NEGATIVE_INFINITY);

        assertThat(column.missing()).isEqualTo(3);
        assertThat(column.quantiles()).containsOnly(1, 2, 3);
    }

    @Test
    void aColumnThatIsAlwaysMissingHasNoDistances() {
        ColumnProfile column = only(Double.NaN, Double.NaN);

        assertThat(column.counts()).containsExactly(0, 2);
        assertThat(column.quantiles()).isEmpty();
        assertThat(column.autocorrelation()).isNaN();
        assertThat(column.effectiveRows(10)).isEqualTo(10);
        assertThat(column.ks().chunks()).isZero();
        assertThat(column.ks().threshold()).isNaN();
    }

    @Test
    void measuresAutocorrelationWithinEachSymbol() {
        Random random = new Random(3);
        int n = 40_000;
        double[] values = new double[n];
        int[] symbols = new int[n];
        double[] level = {1_000, -1_000};
        double[] state = new double[2];
        double[] phi = {0.9, 0.5};
        for (int i = 0; i < n; i++) {
            // Three quarters of the rows are of the first symbol.
            int symbol = i % 4 == 0 ? 1 : 0;
            symbols[i] = symbol;
            state[symbol] = phi[symbol] * state[symbol] + random.nextGaussian();
            values[i] = level[symbol] + state[symbol];
        }
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(
                        seconds(n), symbols, List.of("a", "b"), 1_000 * SECOND, 500);
        measurement.column("x", values);
        ColumnProfile column = measurement.profile().column("x").orElseThrow();

        assertThat(column.autocorrelation()).isCloseTo(0.75 * 0.9 + 0.25 * 0.5, within(0.01));
        assertThat(column.effectiveRows(900))
                .isCloseTo(
                        900 * (1 - column.autocorrelation()) / (1 + column.autocorrelation()),
                        within(1e-9));
    }

    @Test
    void thresholdsComeFromChunksAsLongAsALiveWindow() {
        double[] values = autoregressive(new Random(9), 61_000, 0.95);
        ReferenceMeasurement measurement = measurement(values.length, 1_000);
        measurement.column("x", values);
        ColumnProfile column = measurement.profile().columns().get(0);

        // The last chunk ends with the last row, and is taken for one that is not full.
        assertThat(column.ks().chunks()).isEqualTo(60);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        List<Double> distances = new ArrayList<>();
        for (int chunk = 0; chunk < 60; chunk++) {
            double[] part = Arrays.copyOfRange(values, chunk * 1_000, (chunk + 1) * 1_000);
            Arrays.sort(part);
            distances.add(KolmogorovSmirnov.distance(sorted, part));
        }
        double mean = distances.stream().mapToDouble(d -> d).average().orElseThrow();
        double variance = distances.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum() / 59;
        assertThat(column.ks().mean()).isCloseTo(mean, within(1e-3));
        assertThat(column.ks().sd()).isCloseTo(Math.sqrt(variance), within(1e-3));
        assertThat(column.ks().threshold()).isCloseTo(mean + 3 * Math.sqrt(variance), within(5e-3));
        assertThat(column.psi().mean()).isPositive();
    }

    @Test
    void quietWindowsStayBelowTheThresholdThatATextbookTestWouldFire() {
        double[] values = autoregressive(new Random(10), 61_000, 0.95);
        ReferenceMeasurement measurement = measurement(values.length, 1_000);
        measurement.column("x", values);
        ColumnProfile column = measurement.profile().columns().get(0);
        QuantileGrid grid = new QuantileGrid(column.quantiles());
        double[] later = autoregressive(new Random(11), 200_000, 0.95);
        int above = 0;
        int textbook = 0;
        for (int window = 0; window < 200; window++) {
            double[] counts = new double[grid.cells()];
            for (int i = window * 1_000; i < (window + 1) * 1_000; i++) {
                counts[grid.cellOf(later[i])]++;
            }
            double distance = grid.distance(counts);
            above += distance > column.ks().threshold() ? 1 : 0;
            textbook += distance > 1.358 / Math.sqrt(1_000) ? 1 : 0;
        }

        assertThat(above).isLessThanOrEqualTo(6);
        assertThat(textbook).isGreaterThan(150);
    }

    @Test
    void chunksWithTooFewRowsAreNoChunks() {
        double[] values = autoregressive(new Random(9), 10_000, 0);
        ReferenceMeasurement measurement = measurement(values.length, 100);
        measurement.column("x", values);

        ChunkSpread spread = measurement.profile().columns().get(0).ks();
        assertThat(spread.chunks()).isZero();
        assertThat(spread.mean()).isNaN();
        assertThat(spread.threshold()).isNaN();
    }

    @Test
    void aQuietWindowsRankAmongTheChunksIsItsP() {
        ChunkSpread spread = ChunkSpread.of(new double[] {0.3, 0.1, 0.2, 0.2, 9}, 4);

        assertThat(spread.figures()).containsExactly(0.1, 0.2, 0.2, 0.3);
        assertThat(spread.p(0.05)).isEqualTo(1);
        assertThat(spread.p(0.2)).isEqualTo(0.8);
        assertThat(spread.p(0.25)).isEqualTo(0.4);
        assertThat(spread.p(7)).isEqualTo(0.2);
        assertThat(spread.p(Double.NaN)).isNaN();
        assertThat(ChunkSpread.NONE.p(0.2)).isNaN();
        assertThat(spread.threshold()).isNaN();
        assertThat(spread.lowerThreshold()).isNaN();
    }

    @Test
    void confidenceIsTheMeanOfEachChunkInTheMixOfSymbols() {
        int[] symbols = new int[400];
        double[] confidence = new double[400];
        for (int i = 0; i < 400; i++) {
            // Half of all rows each, but the chunks alternate between a fifth and four fifths.
            boolean isFifth = i % 5 == 0;
            symbols[i] = isFifth == (i / 100 % 2 == 0) ? 0 : 1;
            confidence[i] = symbols[i] == 0 ? 0.4 : 0.9;
        }
        confidence[7] = Double.NaN;
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(
                        seconds(400), symbols, List.of("a", "b"), 100 * SECOND, 50);
        measurement.confidence(confidence);
        ChunkSpread spread = measurement.profile().confidence();

        assertThat(spread.chunks()).isEqualTo(3);
        assertThat(spread.figures()[2]).isCloseTo(0.65, within(2e-3));
        assertThat(spread.figures()[1]).isCloseTo(0.65, within(1e-12));
    }

    @Test
    void rowsInAnyOrderGiveTheSameProfile() {
        Random random = new Random(12);
        int n = 5_000;
        long[] times = seconds(n);
        double[] values = autoregressive(random, n, 0.5);
        ReferenceMeasurement rising =
                new ReferenceMeasurement(times, new int[n], List.of("a"), 100 * SECOND, 50);
        rising.column("x", values);
        long[] turnedTimes = new long[n];
        double[] turned = new double[n];
        for (int i = 0; i < n; i++) {
            turnedTimes[i] = times[n - 1 - i];
            turned[i] = values[n - 1 - i];
        }
        ReferenceMeasurement falling =
                new ReferenceMeasurement(turnedTimes, new int[n], List.of("a"), 100 * SECOND, 50);
        falling.column("x", turned);

        assertThat(falling.profile())
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(rising.profile());
    }

    @Test
    void categoriesAreBins() {
        ReferenceMeasurement measurement = measurement(4, 1);
        measurement.categories("predicted", new int[] {0, 2, 2, 2}, 3);
        ColumnProfile column = measurement.profile().columns().get(0);

        assertThat(column.counts()).containsExactly(1, 0, 3, 0);
        assertThat(column.bins().of(1)).isEqualTo(1);
    }

    @Test
    void refusesColumnsThatDoNotFit() {
        ReferenceMeasurement measurement = measurement(3, 1);
        measurement.column("x", new double[3]);

        assertThatThrownBy(() -> measurement.column("x", new double[3]))
                .hasMessageContaining("x is measured already");
        assertThatThrownBy(() -> measurement.column("y", new double[2]))
                .hasMessageContaining("2 values for 3 rows");
        assertThatThrownBy(
                        () -> new ReferenceMeasurement(new long[1], new int[2], List.of("a"), 1, 1))
                .hasMessageContaining("1 event times");
        assertThatThrownBy(
                        () -> new ReferenceMeasurement(new long[1], new int[1], List.of("a"), 0, 1))
                .hasMessageContaining("windowMicros");
        assertThatThrownBy(() -> new Bins(new double[] {1, 1})).hasMessageContaining("edge 1");
        assertThatThrownBy(
                        () ->
                                new ColumnProfile(
                                        "x",
                                        new Bins(new double[0]),
                                        new long[1],
                                        new double[0],
                                        0,
                                        0,
                                        ChunkSpread.of(new double[0], 0),
                                        ChunkSpread.of(new double[0], 0)))
                .hasMessageContaining("counts of x");
        assertThatThrownBy(
                        () ->
                                new ColumnProfile(
                                        "x",
                                        new Bins(new double[0]),
                                        new long[2],
                                        new double[] {2, 1},
                                        1,
                                        0,
                                        ChunkSpread.of(new double[0], 0),
                                        ChunkSpread.of(new double[0], 0)))
                .hasMessageContaining("quantile 1 of x is 1.0");
    }

    private static ColumnProfile only(double... values) {
        ReferenceMeasurement measurement = measurement(values.length, 1);
        measurement.column("x", values);
        return measurement.profile().columns().get(0);
    }

    private static ReferenceMeasurement measurement(int rows, int windowSeconds) {
        return new ReferenceMeasurement(
                seconds(rows), new int[rows], List.of("a"), windowSeconds * SECOND, 500);
    }

    private static double[] autoregressive(Random random, int n, double phi) {
        double[] values = new double[n];
        double x = random.nextGaussian() / Math.sqrt(1 - phi * phi);
        for (int i = 0; i < n; i++) {
            values[i] = x;
            x = phi * x + random.nextGaussian();
        }
        return values;
    }

    private static long[] seconds(int n) {
        long[] times = new long[n];
        Arrays.setAll(times, i -> i * SECOND);
        return times;
    }
}
