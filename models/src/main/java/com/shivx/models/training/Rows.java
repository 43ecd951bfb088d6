package com.shivx.models.training;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of columns with what really came of each, in the order of time. A missing value is NaN;
 * infinities are refused here, for all trainers alike: a standard deviation has no use for them and
 * XGBoost throws on them.
 *
 * <p>A span is a view: it shares the numbers, which nobody changes after they were handed over. The
 * most that fits is 2^31 − 1 values, 61 million rows of 35 columns.
 */
public final class Rows {

    private final List<String> columns;
    private final float[] values;
    private final float[] targets;
    private final int from;
    private final int count;

    private Rows(List<String> columns, float[] values, float[] targets, int from, int count) {
        this.columns = columns;
        this.values = values;
        this.targets = targets;
        this.from = from;
        this.count = count;
    }

    /**
     * Rows with their targets.
     *
     * @param values row by row, as many a row as columns
     * @param targets one a row: the index of the class, or the value of a regression; NaN where
     *     nobody knows, which no trainer takes
     * @throws IllegalArgumentException if the lengths do not fit, a value is infinite, or a name
     *     could not be told from its neighbours in a list with commas
     */
    public static Rows of(List<String> columns, float[] values, float[] targets) {
        Names.check("column", columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("there are no columns; name at least one");
        }
        long expected = (long) targets.length * columns.size();
        if (values.length != expected) {
            throw new IllegalArgumentException(
                    "%d values are not %d rows of %d columns, which are %d; give as many targets as rows"
                            .formatted(values.length, targets.length, columns.size(), expected));
        }
        for (int i = 0; i < values.length; i++) {
            if (Float.isInfinite(values[i])) {
                throw new IllegalArgumentException(
                        "column %s of row %d is %s; write a missing value as NaN"
                                .formatted(
                                        columns.get(i % columns.size()),
                                        i / columns.size(),
                                        values[i]));
            }
        }
        return new Rows(List.copyOf(columns), values, targets, 0, targets.length);
    }

    /** Rows to be predicted: their targets are NaN. */
    public static Rows unlabelled(List<String> columns, float[] values) {
        float[] targets = new float[columns.isEmpty() ? 0 : values.length / columns.size()];
        Arrays.fill(targets, Float.NaN);
        return of(columns, values, targets);
    }

    /** The rows from {@code start} to before {@code end}, without copying them. */
    public Rows span(int start, int end) {
        if (start < 0 || end > count || start > end) {
            throw new IndexOutOfBoundsException(
                    "rows %d to %d are not among the %d".formatted(start, end, count));
        }
        return new Rows(columns, values, targets, from + start, end - start);
    }

    public List<String> columns() {
        return columns;
    }

    /** Columns of a row. */
    public int width() {
        return columns.size();
    }

    public int count() {
        return count;
    }

    public float value(int row, int column) {
        return values[at(row) * columns.size() + column];
    }

    public float target(int row) {
        return targets[at(row)];
    }

    /** A copy of one row. */
    public float[] row(int row) {
        int start = at(row) * columns.size();
        return Arrays.copyOfRange(values, start, start + columns.size());
    }

    /** All values row by row, not to be changed: those of a span are a copy. */
    public float[] values() {
        return isWhole()
                ? values
                : Arrays.copyOfRange(
                        values, from * columns.size(), (from + count) * columns.size());
    }

    /** All targets, not to be changed: those of a span are a copy. */
    public float[] targets() {
        return isWhole() ? targets : Arrays.copyOfRange(targets, from, from + count);
    }

    private boolean isWhole() {
        return count == targets.length;
    }

    private int at(int row) {
        if (row < 0 || row >= count) {
            throw new IndexOutOfBoundsException("row %d is not among the %d".formatted(row, count));
        }
        return from + row;
    }
}
