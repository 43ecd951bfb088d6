package com.shivx.models.candidate;

import com.shivx.models.training.Rows;
import com.shivx.models.validation.LabelledRows;
import java.util.Arrays;

/**
 * Rows whose labels are those of another time: each symbol's are moved round by the same share of
 * its rows. What is learned from them is chance, so whoever finds something has a leak.
 */
public final class Placebo {

    private Placebo() {}

    /**
     * Moves the labels.
     *
     * @param share of each symbol's rows by which its labels are moved, above 0 and below 1
     * @throws IllegalArgumentException if it is not
     */
    public static TrainingSet moved(TrainingSet set, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "labels are moved by a share of the rows above 0 and below 1, not " + share);
        }
        LabelledRows rows = set.labelled();
        int[] from = sources(rows, share);
        int[] truths = Arrays.stream(from).map(i -> rows.truths()[i]).toArray();
        float[] targets = new float[truths.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = truths[i];
        }
        return new TrainingSet(
                Rows.of(set.rows().columns(), set.rows().values(), targets),
                new LabelledRows(
                        rows.eventTimeMicros(),
                        rows.symbols(),
                        rows.symbolNames(),
                        rows.classes(),
                        rows.actions(),
                        truths,
                        Arrays.stream(from).mapToDouble(i -> rows.buyPnlBps()[i]).toArray(),
                        Arrays.stream(from).mapToDouble(i -> rows.sellPnlBps()[i]).toArray(),
                        rows.horizonMicros()),
                set.sha256());
    }

    /** Of each row, the row whose label it gets. */
    private static int[] sources(LabelledRows rows, double share) {
        int[] counts = new int[rows.symbolNames().size()];
        for (int symbol : rows.symbols()) {
            counts[symbol]++;
        }
        int[][] bySymbol = new int[counts.length][];
        for (int symbol = 0; symbol < counts.length; symbol++) {
            bySymbol[symbol] = new int[counts[symbol]];
        }
        int[] filled = new int[counts.length];
        for (int i = 0; i < rows.rows(); i++) {
            int symbol = rows.symbols()[i];
            bySymbol[symbol][filled[symbol]++] = i;
        }
        int[] sources = new int[rows.rows()];
        for (int[] places : bySymbol) {
            int by = (int) (places.length * share);
            for (int i = 0; i < places.length; i++) {
                sources[places[i]] = places[(i + by) % places.length];
            }
        }
        return sources;
    }
}
