package com.shivx.drift.reference;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The cells that a column's values are counted in, from whose counts all that is compared follows:
 * those of its {@link QuantileGrid}, those of its {@link Bins}, and how many lie outside of a
 * range. Half-open intervals {@code (−∞, c₁], (c₁, c₂], …, (c_k, ∞)} and, as the last, what is
 * missing: NaN and infinities. The cuts c are each quantile and the double below it, between which
 * the quantile itself lies alone, the bins' edges, and the ends of the range.
 *
 * <p>One search a value therefore does for everything; and since each cell is counted by a whole
 * number, counts of parts of a window add up.
 */
public final class ColumnCells {

    private final double[] cuts;
    private final CutIndex index;

    /** Of each cell but the last. */
    private final int[] gridCell;

    private final int[] bin;
    private final int gridCells;
    private final int bins;

    /** Cells before it lie below the range, cells from the other on above. */
    private final int inside;

    private final int above;

    /** The cells of grid and bins, where no range is declared. */
    ColumnCells(QuantileGrid grid, Bins bins) {
        this(grid, bins, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * The cells of a column.
     *
     * @param least what lies below it is out of range; NaN or −∞ for nothing
     * @param greatest what lies above it is out of range; NaN or ∞ for nothing
     */
    public ColumnCells(ColumnProfile column, double least, double greatest) {
        this(new QuantileGrid(column.quantiles()), column.bins(), least, greatest);
    }

    private ColumnCells(QuantileGrid grid, Bins bins, double least, double greatest) {
        double[] points = grid.points();
        this.cuts =
                Stream.of(
                                points,
                                Arrays.stream(points).map(Math::nextDown).toArray(),
                                bins.edges(),
                                new double[] {Math.nextDown(least + 0.0), greatest + 0.0})
                        .flatMapToDouble(Arrays::stream)
                        .map(cut -> cut + 0.0)
                        .filter(Double::isFinite)
                        .sorted()
                        .distinct()
                        .toArray();
        this.index = new CutIndex(cuts);
        this.gridCells = grid.cells();
        this.bins = bins.count();
        this.gridCell = new int[cuts.length + 1];
        this.bin = new int[cuts.length + 1];
        for (int cell = 0; cell <= cuts.length; cell++) {
            // The upper end of a cell is of it, and stands for all of it.
            double value = cell < cuts.length ? cuts[cell] : Double.MAX_VALUE;
            gridCell[cell] = grid.cellOf(value);
            bin[cell] = bins.of(value);
        }
        this.inside = Double.isFinite(least) ? of(least + 0.0) : 0;
        this.above = Double.isFinite(greatest) ? of(greatest + 0.0) + 1 : cuts.length + 1;
    }

    /** How many cells there are, the one for what is missing included. */
    public int count() {
        return cuts.length + 2;
    }

    /** The cell of what is missing, the last. */
    public int missing() {
        return cuts.length + 1;
    }

    /** The cell of a value. */
    public int of(double value) {
        return Double.isFinite(value) ? index.below(value) : missing();
    }

    /**
     * The cells of many values.
     *
     * @param count how many of them
     * @param found the cell of each
     */
    public void of(double[] values, int count, int[] found) {
        index.below(values, count, found);
        for (int i = 0; i < count; i++) {
            if (!Double.isFinite(values[i])) {
                found[i] = missing();
            }
        }
    }

    /** Counts of the quantile grid's cells, without what is missing. */
    public double[] grid(double[] counts) {
        double[] sums = new double[gridCells];
        for (int cell = 0; cell < gridCell.length; cell++) {
            sums[gridCell[cell]] += counts[cell];
        }
        return sums;
    }

    /** Counts of the bins, what is missing as the last. */
    public double[] bins(double[] counts) {
        double[] sums = new double[bins];
        for (int cell = 0; cell < bin.length; cell++) {
            sums[bin[cell]] += counts[cell];
        }
        sums[bins - 1] += counts[missing()];
        return sums;
    }

    /** Rows below the range. */
    public double below(double[] counts) {
        return sum(counts, 0, inside);
    }

    /** Rows above the range. */
    public double above(double[] counts) {
        return sum(counts, above, missing());
    }

    private static double sum(double[] counts, int from, int until) {
        double sum = 0;
        for (int cell = from; cell < until; cell++) {
            sum += counts[cell];
        }
        return sum;
    }
}
