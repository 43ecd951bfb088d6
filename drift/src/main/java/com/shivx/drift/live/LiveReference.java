package com.shivx.drift.live;

import com.shivx.drift.reference.ColumnCells;
import com.shivx.drift.reference.ColumnProfile;
import com.shivx.drift.reference.ReferenceProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A reference made ready to count live rows into {@link WindowCounts}, and to compare them with.
 * Immutable, and costly to make: one a model version.
 */
public final class LiveReference {

    private static final double BILLION = 1e9;

    private final ReferenceProfile profile;
    private final LiveColumn[] columns;

    /** For the loop over a row. */
    private final ColumnCells[] cells;

    private final int[] firstCell;
    private final int allCells;
    private final Map<String, Integer> groupOfSymbol = new HashMap<>();

    /**
     * Of a profile.
     *
     * @param watched by name of the column; what is not there is watched by its distribution, and
     *     names that the profile does not have are ignored
     */
    public LiveReference(ReferenceProfile profile, Map<String, WatchedColumn> watched) {
        this.profile = profile;
        int count = profile.columns().size();
        this.columns = new LiveColumn[count];
        this.cells = new ColumnCells[count];
        this.firstCell = new int[count];
        int first = 0;
        for (int i = 0; i < count; i++) {
            ColumnProfile column = profile.columns().get(i);
            columns[i] =
                    new LiveColumn(
                            column,
                            watched.getOrDefault(column.name(), WatchedColumn.BY_DISTRIBUTION));
            cells[i] = columns[i].cells();
            firstCell[i] = first;
            first += cells[i].count();
        }
        this.allCells = first;
        List<String> symbols = profile.mix().symbols();
        for (int i = 0; i < symbols.size(); i++) {
            groupOfSymbol.put(symbols.get(i), i);
        }
    }

    /** What it was made of. */
    public ReferenceProfile profile() {
        return profile;
    }

    /** The group of a symbol; one that the reference did not name is of the rest. */
    public int groupOf(String symbol) {
        return groupOfSymbol.getOrDefault(symbol, groupOfSymbol.size());
    }

    /**
     * Counts a row, now; of many, {@link RowBlock} counts them faster.
     *
     * @param counts of this reference only
     * @param group {@link #groupOf} its symbol
     * @param values one of each column of the profile, in its order; NaN and infinities are missing
     * @param confidence calibrated probability of the class that was predicted; NaN if none was
     */
    public void count(WindowCounts counts, int group, double[] values, double confidence) {
        GroupCounts rows = row(counts, group, values, confidence);
        int[] counted = rows.counted;
        if (counted.length > 0) {
            for (int i = 0; i < values.length; i++) {
                counted[firstCell[i] + cells[i].of(values[i])]++;
            }
        } else {
            for (int i = 0; i < values.length; i++) {
                rows.hit(firstCell[i] + cells[i].of(values[i]), allCells);
            }
        }
    }

    /** Counts a row, but for its values. */
    GroupCounts row(WindowCounts counts, int group, double[] values, double confidence) {
        if (values.length != cells.length) {
            throw new IllegalArgumentException(
                    "a row of %d values for %d columns; give one of each column of the reference"
                            .formatted(values.length, cells.length));
        }
        counts.open(allCells, profile.mix().groups());
        GroupCounts rows = counts.group(group);
        rows.rows++;
        if (Double.isFinite(confidence)) {
            rows.confident++;
            rows.confidenceBillionths += Math.round(confidence * BILLION);
        }
        return rows;
    }

    /**
     * Counts the values of a column.
     *
     * @param groups what each row is counted in
     * @param values one a row
     * @param rows how many
     * @param found room for as many
     */
    void count(int column, GroupCounts[] groups, double[] values, int rows, int[] found) {
        int first = firstCell[column];
        cells[column].of(values, rows, found);
        for (int i = 0; i < rows; i++) {
            groups[i].hit(first + found[i], allCells);
        }
    }

    /** What a window shows beside the reference. */
    Comparison compare(WindowCounts counts) {
        int groups = profile.mix().groups();
        counts.open(allCells, groups);
        long[] rowsOfGroup = new long[groups];
        for (int group = 0; group < groups; group++) {
            rowsOfGroup[group] = counts.groups[group] == null ? 0 : counts.groups[group].rows;
        }
        double[] weights = profile.mix().weights(rowsOfGroup);
        double[] weighted = new double[allCells];
        long[] plain = new long[allCells];
        double[] squares = new double[columns.length];
        double confidence = 0;
        double confident = 0;
        double confidentSquares = 0;
        for (int group = 0; group < groups; group++) {
            GroupCounts rows = counts.groups[group];
            if (rows != null) {
                double weight = weights[group];
                long[] hits = rows.counts(allCells);
                for (int cell = 0; cell < allCells; cell++) {
                    plain[cell] += hits[cell];
                    weighted[cell] += weight * hits[cell];
                }
                for (int i = 0; i < columns.length; i++) {
                    long missing = hits[firstCell[i] + cells[i].missing()];
                    squares[i] += weight * weight * (rows.rows - missing);
                }
                confidence += weight * rows.confidenceBillionths / BILLION;
                confident += weight * rows.confident;
                confidentSquares += weight * weight * rows.confident;
            }
        }
        return new Comparison(
                rowsOfGroup,
                slices(plain, weighted, squares),
                confidence / confident,
                confident == 0 ? 0 : confident * confident / confidentSquares);
    }

    private ColumnComparison[] slices(long[] plain, double[] weighted, double[] squares) {
        ColumnComparison[] compared = new ColumnComparison[columns.length];
        for (int i = 0; i < columns.length; i++) {
            int from = firstCell[i];
            int count = cells[i].count();
            double[] ofColumn = new double[count];
            double[] weightedOfColumn = new double[count];
            for (int cell = 0; cell < count; cell++) {
                ofColumn[cell] = plain[from + cell];
                weightedOfColumn[cell] = weighted[from + cell];
            }
            compared[i] = columns[i].compare(ofColumn, weightedOfColumn, squares[i]);
        }
        return compared;
    }

    /** How the columns are watched, in the profile's order. */
    LiveColumn column(int i) {
        return columns[i];
    }

    /**
     * A window beside the reference.
     *
     * @param rowsOfGroup rows of each group of symbols
     * @param columns one of each column
     * @param confidence mean calibrated confidence, reweighted; NaN without any
     * @param confidentRows how many equally weighted rows tell as much
     */
    record Comparison(
            long[] rowsOfGroup,
            ColumnComparison[] columns,
            double confidence,
            double confidentRows) {}
}
