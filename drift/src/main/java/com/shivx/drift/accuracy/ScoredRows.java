package com.shivx.drift.accuracy;

/**
 * Probabilities that a model gave, and the classes that came true. A row with a NaN, a probability
 * outside 0 to 1 or a sum other than 1 (beyond {@link #SUM_TOLERANCE}, which is room for float32)
 * is refused: no figure averages over it. Count unanswered predictions apart, as coverage.
 *
 * <p>The arrays are not copied; nobody changes them while the rows are in use.
 *
 * @param classes how many; at least 2
 * @param probabilities row after row, one of each class
 * @param truths index of the class that came true, one a row
 */
public record ScoredRows(int classes, double[] probabilities, int[] truths) {

    /** How far the sum of a row may lie from 1. */
    public static final double SUM_TOLERANCE = 1e-4;

    public ScoredRows {
        if (classes < 2) {
            throw new IllegalArgumentException(
                    "classes must be at least 2, not %d; a single one is always right"
                            .formatted(classes));
        }
        if (probabilities.length != (long) truths.length * classes) {
            throw new IllegalArgumentException(
                    "probabilities has %d values for %d rows of %d classes; give one of each class a row"
                            .formatted(probabilities.length, truths.length, classes));
        }
        for (int row = 0; row < truths.length; row++) {
            if (truths[row] < 0 || truths[row] >= classes) {
                throw new IllegalArgumentException(
                        "truths[%d] is %d, not the index of one of %d classes; leave out rows without outcome"
                                .formatted(row, truths[row], classes));
            }
            checkRow(probabilities, row, classes);
        }
    }

    private static void checkRow(double[] probabilities, int row, int classes) {
        double sum = 0;
        for (int i = row * classes; i < (row + 1) * classes; i++) {
            if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
                throw new IllegalArgumentException(
                        "probability %s of row %d lies outside 0 to 1; count such rows apart"
                                .formatted(probabilities[i], row));
            }
            sum += probabilities[i];
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new IllegalArgumentException(
                    "probabilities of row %d sum to %s, not 1; give probabilities, not scores"
                            .formatted(row, sum));
        }
    }

    /** The same of float32, as models give them. */
    public static ScoredRows of(int classes, float[] probabilities, int[] truths) {
        double[] wide = new double[probabilities.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = probabilities[i];
        }
        return new ScoredRows(classes, wide, truths);
    }

    /** How many rows there are. */
    public int rows() {
        return truths.length;
    }

    /** What the model gave a class of a row. */
    public double probability(int row, int ofClass) {
        return probabilities[row * classes + ofClass];
    }

    /** The most probable class of a row, the first of equals. */
    public int predicted(int row) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (probability(row, c) > probability(row, best)) {
                best = c;
            }
        }
        return best;
    }

    /** Whether the most probable class came true. */
    public boolean isRight(int row) {
        return predicted(row) == truths[row];
    }
}
