package com.shivx.drift.bootstrap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The stationary bootstrap: resamples made of blocks of consecutive time, whose starts are uniform,
 * whose lengths are geometric and which run on from the end at the beginning, so that rows that
 * hang together stay together (D. N. Politis and J. P. Romano, "The stationary bootstrap", JASA 89,
 * 1994).
 *
 * <p>The ends of an interval are percentiles of the resamples, moved outwards to where Student's t
 * over the number of blocks n would have them, {@code Φ(−√(n/(n−1))·t)}: plain percentiles of 20
 * blocks are too narrow (T. C. Hesterberg, "What teachers should know about the bootstrap", The
 * American Statistician 69, 2015, section 3.3). Fewer than {@link TimeCells#MIN_BLOCKS} blocks give
 * no interval.
 *
 * <p>Resamples are drawn by {@link SplittableRandom} (SplitMix64) from the seed: the same rows give
 * the same interval everywhere.
 *
 * @param seed of the random numbers
 * @param resamples how many are drawn; at least 100
 * @param confidence of the interval, such as 0.95; between 0 and 1
 */
public record StationaryBootstrap(long seed, int resamples, double confidence) {

    /** Two-sided 95 % from 2,000 resamples, whose ends then lie within a few hundredths of a sd. */
    public static final StationaryBootstrap DEFAULT = new StationaryBootstrap(1, 2_000, 0.95);

    public StationaryBootstrap {
        if (resamples < 100) {
            throw new IllegalArgumentException(
                    "resamples must be at least 100, not %d".formatted(resamples));
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "confidence must lie between 0 and 1, not %s".formatted(confidence));
        }
    }

    /** The interval of a mean of rows; NaN values are refused. */
    public Interval mean(TimeCells cells, double[] values) {
        CellSums sums = new CellSums(cells, 2);
        for (int row = 0; row < values.length; row++) {
            sums.add(row, 0, values[row]);
            sums.add(row, 1, 1);
        }
        return intervals(sums, List.of(totals -> totals[0] / totals[1])).get(0);
    }

    /** The interval of the mean of {@code first − second}, row by row. */
    public Interval meanDifference(TimeCells cells, double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "%d values cannot be paired with %d; give both for the same rows"
                            .formatted(first.length, second.length));
        }
        double[] differences = new double[first.length];
        Arrays.setAll(differences, row -> first[row] - second[row]);
        return mean(cells, differences);
    }

    /** The intervals of several figures over the same resamples, each made from the totals. */
    public List<Interval> intervals(CellSums sums, List<ToDoubleFunction<double[]>> figures) {
        double[] observed = sums.totals();
        int blocks = sums.cells().blocks();
        if (blocks < TimeCells.MIN_BLOCKS) {
            return figures.stream()
                    .map(figure -> Interval.inconclusive(figure.applyAsDouble(observed), blocks))
                    .toList();
        }
        double[][] drawn = new double[figures.size()][resamples];
        SplittableRandom random = new SplittableRandom(seed);
        double[] totals = new double[sums.width()];
        for (int i = 0; i < resamples; i++) {
            resample(sums, random, totals);
            for (int f = 0; f < drawn.length; f++) {
                drawn[f][i] = figures.get(f).applyAsDouble(totals);
            }
        }
        double tail = tail(blocks);
        List<Interval> intervals = new ArrayList<>();
        for (int f = 0; f < drawn.length; f++) {
            Arrays.sort(drawn[f]);
            intervals.add(
                    new Interval(
                            figures.get(f).applyAsDouble(observed),
                            quantile(drawn[f], tail),
                            quantile(drawn[f], 1 - tail),
                            blocks));
        }
        return List.copyOf(intervals);
    }

    private static void resample(CellSums sums, SplittableRandom random, double[] totals) {
        Arrays.fill(totals, 0);
        int cells = sums.cells().cells();
        int drawn = 0;
        while (drawn < cells) {
            int start = random.nextInt(cells);
            int length = 1;
            while (drawn + length < cells && random.nextInt(TimeCells.CELLS_PER_BLOCK) != 0) {
                length++;
            }
            sums.addBlock(start, length, totals);
            drawn += length;
        }
    }

    private double tail(int blocks) {
        double t =
                new TDistribution(blocks - 1.0).inverseCumulativeProbability((1 + confidence) / 2);
        return new NormalDistribution()
                .cumulativeProbability(-Math.sqrt(blocks / (blocks - 1.0)) * t);
    }

    /** NaN, which is sorted last, makes the upper end NaN: such a figure has no interval. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        return Double.isNaN(sorted[sorted.length - 1])
                ? Double.NaN
                : sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
