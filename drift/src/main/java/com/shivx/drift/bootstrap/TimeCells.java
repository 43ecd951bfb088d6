package com.shivx.drift.bootstrap;

import java.util.Arrays;

/**
 * Rows laid into short cells of event time, of which blocks are made: all rows of a moment, of
 * whatever symbol, lie in one cell and are drawn together. Time in which nothing happened counts
 * for nothing: a gap longer than a mean block (a night, a weekend) takes no cells.
 */
public final class TimeCells {

    /** How finely the ends of blocks can fall. */
    public static final int CELLS_PER_BLOCK = 10;

    /** Fewer blocks than that say nothing of how much blocks differ. */
    public static final int MIN_BLOCKS = 20;

    private static final double MICROS_PER_HOUR = 3_600e6;

    private final int[] cellOfRow;
    private final int cells;
    private final long cellMicros;

    private TimeCells(int[] cellOfRow, int cells, long cellMicros) {
        this.cellOfRow = cellOfRow;
        this.cells = cells;
        this.cellMicros = cellMicros;
    }

    /**
     * Lays rows into cells.
     *
     * @param eventTimeMicros of each row, in any order
     * @param meanBlockMicros mean length of a block; at least {@link #CELLS_PER_BLOCK}
     */
    public static TimeCells of(long[] eventTimeMicros, long meanBlockMicros) {
        if (meanBlockMicros < CELLS_PER_BLOCK) {
            throw new IllegalArgumentException(
                    "a mean block of %d µs is too short; give at least %d"
                            .formatted(meanBlockMicros, CELLS_PER_BLOCK));
        }
        long width = meanBlockMicros / CELLS_PER_BLOCK;
        long[] slots =
                Arrays.stream(eventTimeMicros).map(time -> Math.floorDiv(time, width)).toArray();
        long[] distinct = Arrays.stream(slots).sorted().distinct().toArray();
        int[] cellOfSlot = new int[distinct.length];
        for (int i = 1; i < distinct.length; i++) {
            long step = distinct[i] - distinct[i - 1];
            // A step that wraps round is longer than any block, too.
            cellOfSlot[i] =
                    Math.addExact(
                            cellOfSlot[i - 1],
                            step > 0 && step <= CELLS_PER_BLOCK ? (int) step : 1);
        }
        int[] cellOfRow =
                Arrays.stream(slots)
                        .mapToInt(slot -> cellOfSlot[Arrays.binarySearch(distinct, slot)])
                        .toArray();
        int cells = distinct.length == 0 ? 0 : cellOfSlot[distinct.length - 1] + 1;
        return new TimeCells(cellOfRow, cells, width);
    }

    /** The cell of a row. */
    public int cellOf(int row) {
        return cellOfRow[row];
    }

    /** How many rows there are. */
    public int rows() {
        return cellOfRow.length;
    }

    /** How many cells there are. */
    public int cells() {
        return cells;
    }

    /** How many whole blocks of mean length the time makes. */
    public int blocks() {
        return cells / CELLS_PER_BLOCK;
    }

    /** Length of a cell in hours. */
    public double cellHours() {
        return cellMicros / MICROS_PER_HOUR;
    }
}
