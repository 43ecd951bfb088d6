package com.shivx.drift.reference;

/**
 * Kolmogorov's and Smirnov's distance of two samples, {@code D = sup |F − G|} over all values, the
 * limits from both sides at ties included; 0 to 1, NaN if a sample is empty. No p-value: on rows
 * that hang together in time it is wrong by any factor; compare D with what chunks of the reference
 * show.
 */
public final class KolmogorovSmirnov {

    private KolmogorovSmirnov() {}

    /** Of two samples without NaN, each rising. */
    public static double distance(double[] first, double[] second) {
        checkRises(first);
        checkRises(second);
        if (first.length == 0 || second.length == 0) {
            return Double.NaN;
        }
        double greatest = 0;
        int i = 0;
        int j = 0;
        while (i < first.length && j < second.length) {
            double value = Math.min(first[i], second[j]);
            i = passed(first, i, value);
            j = passed(second, j, value);
            greatest =
                    Math.max(
                            greatest,
                            Math.abs((double) i / first.length - (double) j / second.length));
        }
        return greatest;
    }

    private static int passed(double[] sorted, int from, double value) {
        int at = from;
        while (at < sorted.length && sorted[at] <= value) {
            at++;
        }
        return at;
    }

    private static void checkRises(double[] sample) {
        for (int i = 0; i < sample.length; i++) {
            if (Double.isNaN(sample[i]) || (i > 0 && sample[i] < sample[i - 1])) {
                throw new IllegalArgumentException(
                        "value %d of a sample is %s; sort it, and leave out NaN"
                                .formatted(i, sample[i]));
            }
        }
    }
}
