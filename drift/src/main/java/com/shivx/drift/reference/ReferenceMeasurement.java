package com.shivx.drift.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Measures a {@link ReferenceProfile}, column by column, on rows of the calibration span.
 *
 * <p>Chunks are cut from the first row on, each as long as a live window; the last, which is not
 * full, and those with fewer rows than a live window must have to be judged are left out. Each is
 * reweighted to the mix of symbols as live windows are.
 */
public final class ReferenceMeasurement {

    private final long windowMicros;
    private final int minChunkRows;
    private final int[] symbols;
    private final int symbolCount;
    private final int[] byTime;
    private final SymbolMix mix;

    /** Where each chunk begins in {@link #byTime}, and where the last ends. */
    private final int[] chunkStarts;

    private final double[] weights;
    private final List<ColumnProfile> columns = new ArrayList<>();
    private ChunkSpread confidence = ChunkSpread.NONE;
    private final Set<String> names = new HashSet<>();

    /**
     * Begins.
     *
     * @param eventTimeMicros one a row, in any order
     * @param symbols index of the row's symbol in {@code symbolNames}
     * @param windowMicros length of a live window; above 0
     * @param minChunkRows rows that a chunk must have; 50 a bin where windows are judged by that
     */
    public ReferenceMeasurement(
            long[] eventTimeMicros,
            int[] symbols,
            List<String> symbolNames,
            long windowMicros,
            int minChunkRows) {
        if (eventTimeMicros.length != symbols.length) {
            throw new IllegalArgumentException(
                    "%d event times do not go with %d symbols; give one of each a row"
                            .formatted(eventTimeMicros.length, symbols.length));
        }
        if (windowMicros <= 0) {
            throw new IllegalArgumentException(
                    "windowMicros must be above 0, not %d".formatted(windowMicros));
        }
        this.windowMicros = windowMicros;
        this.minChunkRows = minChunkRows;
        this.symbols = symbols;
        this.symbolCount = symbolNames.size();
        this.byTime = byTime(eventTimeMicros);
        this.mix = SymbolMix.of(symbolNames, rowsOf(symbols, symbolCount));
        this.chunkStarts = chunkStarts(eventTimeMicros, byTime, windowMicros);
        this.weights = weights(mix.groupsOf(symbolNames));
    }

    /** Measures a column of numbers; NaN and infinities are missing. */
    public void column(String name, double[] values) {
        double[] sorted = sorted(values);
        add(name, values, sorted, Bins.ofDeciles(sorted));
    }

    /** Measures a column of categories, such as predicted classes: each is a bin. */
    public void categories(String name, int[] values, int categories) {
        double[] numbers = Arrays.stream(values).asDoubleStream().toArray();
        add(name, numbers, sorted(numbers), Bins.ofCategories(categories));
    }

    /**
     * Measures how sure the model was.
     *
     * @param calibrated of each row the calibrated probability of the class that it predicted; NaN
     *     where it predicted none
     */
    public void confidence(double[] calibrated) {
        requireOneARow("confidence", calibrated);
        double[] means = new double[chunkStarts.length];
        int chunks = 0;
        for (int chunk = 0; chunk + 1 < chunkStarts.length; chunk++) {
            double sum = 0;
            double weight = 0;
            int present = 0;
            for (int i = chunkStarts[chunk]; i < chunkStarts[chunk + 1]; i++) {
                double value = calibrated[byTime[i]];
                if (Double.isFinite(value)) {
                    sum += weights[i] * value;
                    weight += weights[i];
                    present++;
                }
            }
            if (present >= minChunkRows && weight > 0) {
                means[chunks++] = sum / weight;
            }
        }
        confidence = ChunkSpread.of(means, chunks);
    }

    /** What was measured. */
    public ReferenceProfile profile() {
        return new ReferenceProfile(windowMicros, symbols.length, mix, columns, confidence);
    }

    private void add(String name, double[] values, double[] sorted, Bins bins) {
        requireOneARow(name, values);
        if (!names.add(name)) {
            throw new IllegalArgumentException(
                    "column %s is measured already; give each a name of its own".formatted(name));
        }
        double[] quantiles = QuantileGrid.quantiles(sorted);
        QuantileGrid grid = new QuantileGrid(quantiles);
        ColumnCells cells = new ColumnCells(grid, bins);
        int[] cellOf = new int[values.length];
        double[] all = new double[cells.count()];
        for (int row = 0; row < values.length; row++) {
            cellOf[row] = cells.of(values[row]);
            all[cellOf[row]]++;
        }
        double[] reference = cells.bins(all);
        double[] ks = new double[chunkStarts.length];
        double[] psi = new double[chunkStarts.length];
        int chunks = 0;
        for (int chunk = 0; chunk + 1 < chunkStarts.length; chunk++) {
            double[] counts = new double[cells.count()];
            int present = 0;
            for (int i = chunkStarts[chunk]; i < chunkStarts[chunk + 1]; i++) {
                int cell = cellOf[byTime[i]];
                counts[cell] += weights[i];
                present += cell == cells.missing() ? 0 : 1;
            }
            double distance = grid.distance(cells.grid(counts));
            if (present >= minChunkRows && !Double.isNaN(distance)) {
                ks[chunks] = distance;
                psi[chunks++] = Psi.of(reference, cells.bins(counts)).corrected();
            }
        }
        columns.add(
                new ColumnProfile(
                        name,
                        bins,
                        Arrays.stream(reference).mapToLong(count -> (long) count).toArray(),
                        quantiles,
                        sorted.length == 0 ? Double.NaN : sorted[0],
                        Autocorrelation.lagOne(values, symbols, symbolCount, byTime),
                        ChunkSpread.of(ks, chunks),
                        ChunkSpread.of(psi, chunks)));
    }

    private void requireOneARow(String name, double[] values) {
        if (values.length != symbols.length) {
            throw new IllegalArgumentException(
                    "column %s has %d values for %d rows; give one a row"
                            .formatted(name, values.length, symbols.length));
        }
    }

    private static int[] byTime(long[] times) {
        int[] order = new int[times.length];
        boolean rises = true;
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
            rises &= i == 0 || times[i] >= times[i - 1];
        }
        return rises
                ? order
                : IntStream.of(order)
                        .boxed()
                        .sorted((i, j) -> Long.compare(times[i], times[j]))
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    private static double[] sorted(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    }

    private static long[] rowsOf(int[] symbols, int symbolCount) {
        long[] rows = new long[symbolCount];
        for (int symbol : symbols) {
            rows[symbol]++;
        }
        return rows;
    }

    /** The last chunk ends before the last row's, which may not be full. */
    private static int[] chunkStarts(long[] times, int[] byTime, long windowMicros) {
        int[] starts = new int[byTime.length];
        int chunks = 0;
        long last = -1;
        for (int i = 0; i < byTime.length; i++) {
            long chunk = (times[byTime[i]] - times[byTime[0]]) / windowMicros;
            if (chunk != last) {
                starts[chunks++] = i;
                last = chunk;
            }
        }
        return Arrays.copyOf(starts, chunks);
    }

    /** Of each row as time goes, what it counts for in its chunk. */
    private double[] weights(int[] groupOfSymbol) {
        double[] all = new double[byTime.length];
        for (int chunk = 0; chunk + 1 < chunkStarts.length; chunk++) {
            long[] rows = new long[mix.groups()];
            for (int i = chunkStarts[chunk]; i < chunkStarts[chunk + 1]; i++) {
                rows[groupOfSymbol[symbols[byTime[i]]]]++;
            }
            double[] ofGroup = mix.weights(rows);
            for (int i = chunkStarts[chunk]; i < chunkStarts[chunk + 1]; i++) {
                all[i] = ofGroup[groupOfSymbol[symbols[byTime[i]]]];
            }
        }
        return all;
    }
}
