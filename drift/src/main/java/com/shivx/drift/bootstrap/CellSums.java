package com.shivx.drift.bootstrap;

/**
 * What the rows of each cell add up to: any number of sums, from whose totals every figure can be
 * made anew for a resample (a mean is a sum over a count).
 */
public final class CellSums {

    private final TimeCells cells;
    private final int width;
    private final double[] values;

    /**
     * All zero.
     *
     * @param width how many sums a cell has
     */
    public CellSums(TimeCells cells, int width) {
        this.cells = cells;
        this.width = width;
        this.values = new double[Math.multiplyExact(cells.cells(), width)];
    }

    /** Adds to a sum of the row's cell; a number that is not finite is refused. */
    public void add(int row, int sum, double value) {
        addToCell(cells.cellOf(row), sum, value);
    }

    /** Adds to a sum of a cell; a number that is not finite is refused. */
    public void addToCell(int cell, int sum, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "sum %d of cell %d cannot take %s; count such rows apart"
                            .formatted(sum, cell, value));
        }
        values[cell * width + sum] += value;
    }

    /** The cells. */
    public TimeCells cells() {
        return cells;
    }

    /** How many sums there are. */
    public int width() {
        return width;
    }

    /** The sums over all cells. */
    public double[] totals() {
        double[] totals = new double[width];
        for (int cell = 0; cell < cells.cells(); cell++) {
            addCell(cell, totals);
        }
        return totals;
    }

    void addCell(int cell, double[] totals) {
        int at = cell * width;
        for (int i = 0; i < width; i++) {
            totals[i] += values[at + i];
        }
    }
}
