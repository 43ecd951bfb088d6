package com.shivx.drift.live;

/**
 * What was counted of a window's rows, of one model version. Counts of parts of a window add up, in
 * any order and over any split, to the same figures, bit for bit: they are whole numbers. Its
 * all-zero self is a window without rows.
 *
 * <p>Its size is bounded by the number of columns and of symbols that the reference names, not by
 * the number of rows: {@link GroupCounts}.
 *
 * <p>Public fields, because it lives in checkpoints and travels between subtasks. What its cells
 * are, {@link LiveReference} knows.
 */
public final class WindowCounts {

    /** How many cells all columns have. */
    public int cells;

    /** One a group of symbols, null for one without rows; empty before any row. */
    public GroupCounts[] groups = {};

    /** How many rows there are. */
    public long rows() {
        long rows = 0;
        for (GroupCounts group : groups) {
            rows += group == null ? 0 : group.rows;
        }
        return rows;
    }

    /** Adds what the other has counted, and leaves that as it is. */
    public void add(WindowCounts other) {
        if (other.groups.length == 0) {
            return;
        }
        open(other.cells, other.groups.length);
        for (int i = 0; i < groups.length; i++) {
            if (other.groups[i] != null) {
                group(i).add(other.groups[i], cells);
            }
        }
    }

    /** Makes room, if there was none. */
    void open(int cellsOfAll, int groupCount) {
        if (groups.length == 0) {
            cells = cellsOfAll;
            groups = new GroupCounts[groupCount];
        }
        if (cells != cellsOfAll || groups.length != groupCount) {
            throw new IllegalArgumentException(
                    "%d cells of %d groups do not add to %d of %d: count each version apart"
                            .formatted(cellsOfAll, groupCount, cells, groups.length));
        }
    }

    /** The group of a number, made if it had no rows. */
    GroupCounts group(int number) {
        GroupCounts group = groups[number];
        if (group == null) {
            group = new GroupCounts();
            groups[number] = group;
        }
        return group;
    }
}
