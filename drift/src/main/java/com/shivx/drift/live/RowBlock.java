package com.shivx.drift.live;

/**
 * Rows that nobody waits for, gathered and counted column by column: what is known of one column is
 * near the processor then, where that of all columns, looked at for each row, is not. The counts
 * are those of {@link LiveReference#count}, in a third of the time.
 *
 * <p>Not safe between threads.
 */
public final class RowBlock {

    /** So that a column of them lies in the nearest cache beside what is known of it. */
    static final int ROWS = 512;

    private final LiveReference reference;
    private final WindowCounts counts;
    private final GroupCounts[] groups = new GroupCounts[ROWS];
    private final double[][] columns;
    private final int[] found = new int[ROWS];
    private int rows;

    /** Rows that will be counted into these counts, of this reference only. */
    public RowBlock(LiveReference reference, WindowCounts counts) {
        this.reference = reference;
        this.counts = counts;
        this.columns = new double[reference.profile().columns().size()][ROWS];
    }

    /** Takes a row, as {@link LiveReference#count} does; its values are copied. */
    public void add(int group, double[] values, double confidence) {
        groups[rows] = reference.row(counts, group, values, confidence);
        for (int i = 0; i < values.length; i++) {
            columns[i][rows] = values[i];
        }
        rows++;
        if (rows == ROWS) {
            count();
        }
    }

    /** Counts what was taken and is not counted yet. */
    public void count() {
        for (int i = 0; i < columns.length; i++) {
            reference.count(i, groups, columns[i], rows, found);
        }
        rows = 0;
    }
}
