package com.shivx.models.validation;

import com.shivx.models.Action;
import java.util.Arrays;
import java.util.List;

/**
 * Rows whose outcomes are known, in the order of their event times. The arrays are not copied.
 *
 * @param eventTimeMicros microseconds since the epoch, never falling
 * @param symbols index of the row's symbol in {@code symbolNames}
 * @param symbolNames what the symbols are called
 * @param classes what the classes are called
 * @param actions what each class says to do
 * @param truths index of the class that came true
 * @param buyPnlBps what buying at the row and selling a horizon later gave, in basis points,
 *     spreads crossed and fees paid; NaN where it could not be done
 * @param sellPnlBps the same of selling first
 * @param horizonMicros how long after its row an outcome is decided; above 0
 */
public record LabelledRows(
        long[] eventTimeMicros,
        int[] symbols,
        List<String> symbolNames,
        List<String> classes,
        List<Action> actions,
        int[] truths,
        double[] buyPnlBps,
        double[] sellPnlBps,
        long horizonMicros) {

    public LabelledRows {
        symbolNames = List.copyOf(symbolNames);
        classes = List.copyOf(classes);
        actions = List.copyOf(actions);
        int rows = eventTimeMicros.length;
        if (symbols.length != rows
                || truths.length != rows
                || buyPnlBps.length != rows
                || sellPnlBps.length != rows) {
            throw new IllegalArgumentException(
                    "%d event times, %d symbols, %d truths, %d and %d PnL make no rows; give one of each a row"
                            .formatted(
                                    rows,
                                    symbols.length,
                                    truths.length,
                                    buyPnlBps.length,
                                    sellPnlBps.length));
        }
        if (classes.size() != actions.size()) {
            throw new IllegalArgumentException(
                    "%d classes have %d actions; give each its own (HOLD to do nothing)"
                            .formatted(classes.size(), actions.size()));
        }
        if (horizonMicros <= 0) {
            throw new IllegalArgumentException(
                    "horizonMicros must be above 0, not %d".formatted(horizonMicros));
        }
        for (int row = 0; row < rows; row++) {
            if (row > 0 && eventTimeMicros[row] < eventTimeMicros[row - 1]) {
                throw new IllegalArgumentException(
                        "row %d is earlier than the one before; sort rows by event time"
                                .formatted(row));
            }
            if (symbols[row] < 0 || symbols[row] >= symbolNames.size()) {
                throw new IllegalArgumentException(
                        "symbols[%d] is %d, not the index of one of %d names"
                                .formatted(row, symbols[row], symbolNames.size()));
            }
            if (truths[row] < 0 || truths[row] >= classes.size()) {
                throw new IllegalArgumentException(
                        "truths[%d] is %d, not the index of one of %d classes; leave out rows without outcome"
                                .formatted(row, truths[row], classes.size()));
            }
        }
    }

    /** How many rows there are. */
    public int rows() {
        return truths.length;
    }

    /** The rows of a span. */
    public LabelledRows within(Span span) {
        int from = firstAtOrAfter(span.fromMicros());
        int to = firstAtOrAfter(span.untilMicros());
        return new LabelledRows(
                Arrays.copyOfRange(eventTimeMicros, from, to),
                Arrays.copyOfRange(symbols, from, to),
                symbolNames,
                classes,
                actions,
                Arrays.copyOfRange(truths, from, to),
                Arrays.copyOfRange(buyPnlBps, from, to),
                Arrays.copyOfRange(sellPnlBps, from, to),
                horizonMicros);
    }

    /** Index of the first row at or after a moment; their number if there is none. */
    public int firstAtOrAfter(long micros) {
        int low = 0;
        int high = rows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (eventTimeMicros[middle] < micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The one class of an action; −1 if none or several have it. */
    public int onlyClassOf(Action action) {
        int first = actions.indexOf(action);
        return first == actions.lastIndexOf(action) ? first : -1;
    }

    /** How often each class came true, as shares of all rows; NaN without rows. */
    public double[] classFrequencies() {
        double[] frequencies = new double[classes.size()];
        for (int truth : truths) {
            frequencies[truth]++;
        }
        for (int c = 0; c < frequencies.length; c++) {
            frequencies[c] /= rows();
        }
        return frequencies;
    }
}
