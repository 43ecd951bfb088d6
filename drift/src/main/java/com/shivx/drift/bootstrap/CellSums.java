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
        addBlock(0, cells.cells(), totals);
        return totals;
    }

    /**
     * Adds consecutive cells, at most all there are, to the totals; after the last comes the first.
     */
    void addBlock(int start, int length, double[] totals) {
        int beyond = start + length - cells.cells();
        if (beyond <= 0) {
            addCells(start, start + length, totals);
        } else {
            addCells(start, cells.cells(), totals);
            addCells(0, beyond, totals);
        }
    }

    /** Sum by sum, so that each is in a register. */
    private void addCells(int from, int to, double[] totals) {
        for (int i = 0; i < width; i++) {
            double total = totals[i];
            for (int at = from * width + i; at < to * width; at += width) {
                total += values[at];
            }
            totals[i] = total;
        }
    }
}
