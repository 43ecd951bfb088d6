package com.shivx.drift.live;

import java.util.Arrays;

/**
 * What was counted of the rows of one group of symbols: for each row the cell of each column's
 * value, cells being numbered through over all columns.
 *
 * <p>While rows are few their cells are listed ({@link #listed}); as soon as the list would take as
 * much room as a counter of every cell, they are counted ({@link #counted}). So a quiet symbol
 * takes little, and none takes more than 4 bytes a cell, however long the window. Counters are
 * unsigned: 2³² rows of one group in a window.
 */
public final class GroupCounts {

    private static final int FIRST_LIST = 256;

    /** How many rows there are. */
    public long rows;

    /** Rows whose model was sure of something: a class was predicted. */
    public long confident;

    /** Sum of their calibrated confidences, in billionths. */
    public long confidenceBillionths;

    /** Cells of values, each as often as it was hit; empty once cells are counted. */
    public int[] listed = {};

    /** How many of them there are. */
    public int listedCount;

    /** How often each cell was hit; empty while they are listed. */
    public int[] counted = {};

    /** Counts a value; {@code cells} is how many cells all columns have. */
    void hit(int cell, int cells) {
        if (counted.length > 0) {
            counted[cell]++;
            return;
        }
        if (listedCount == listed.length) {
            if (listedCount * 2L > cells) {
                count(cells);
                counted[cell]++;
                return;
            }
            listed = Arrays.copyOf(listed, Math.max(FIRST_LIST, listedCount * 2));
        }
        listed[listedCount++] = cell;
    }

    /** Adds what the other has counted, and leaves that as it is. */
    void add(GroupCounts other, int cells) {
        rows += other.rows;
        confident += other.confident;
        confidenceBillionths += other.confidenceBillionths;
        if (other.counted.length > 0) {
            count(cells);
            for (int cell = 0; cell < cells; cell++) {
                counted[cell] += other.counted[cell];
            }
        }
        for (int i = 0; i < other.listedCount; i++) {
            hit(other.listed[i], cells);
        }
    }

    /** How often each cell was hit. */
    long[] counts(int cells) {
        long[] counts = new long[cells];
        for (int cell = 0; cell < counted.length; cell++) {
            counts[cell] = Integer.toUnsignedLong(counted[cell]);
        }
        for (int i = 0; i < listedCount; i++) {
            counts[listed[i]]++;
        }
        return counts;
    }

    /** From here on cells are counted. */
    private void count(int cells) {
        if (counted.length == 0) {
            counted = new int[cells];
            for (int i = 0; i < listedCount; i++) {
                counted[listed[i]]++;
            }
            listed = new int[0];
            listedCount = 0;
        }
    }
}
