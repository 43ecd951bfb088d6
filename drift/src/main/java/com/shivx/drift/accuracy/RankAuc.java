package com.shivx.drift.accuracy;

import java.util.Arrays;

/**
 * Area under the ROC curve: the probability that a row of one class scores above a row of another,
 * ties counting half. From the ranks, ties at their mean (H. B. Mann and D. R. Whitney, 1947):
 *
 * <pre>
 * AUC = (R − n₁(n₁+1)/2) / (n₁·n₀),   R = sum of the positives' ranks
 * </pre>
 *
 * 0 to 1, 0.5 of a model that cannot tell; NaN where a class has no row.
 */
public final class RankAuc {

    private RankAuc() {}

    /**
     * One class against another, by the probability of the first given either; rows of other
     * classes are left out. A row that gives both nothing says one half.
     */
    public static double of(ScoredRows rows, int positive, int negative) {
        int n = 0;
        double[] scores = new double[rows.rows()];
        boolean[] positives = new boolean[rows.rows()];
        for (int row = 0; row < rows.rows(); row++) {
            int truth = rows.truths()[row];
            if (truth == positive || truth == negative) {
                double p = rows.probability(row, positive);
                double either = p + rows.probability(row, negative);
                scores[n] = either == 0 ? 0.5 : p / either;
                positives[n] = truth == positive;
                n++;
            }
        }
        return of(Arrays.copyOf(scores, n), Arrays.copyOf(positives, n));
    }

    /**
     * Of any scores.
     *
     * @param scores higher for what looks positive; no NaN
     */
    public static double of(double[] scores, boolean[] positives) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double rankSum = 0;
        long n1 = 0;
        for (int i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException(
                        "scores[%d] is NaN, which has no rank; leave such rows out".formatted(i));
            }
            if (positives[i]) {
                rankSum += meanRank(sorted, scores[i]);
                n1++;
            }
        }
        long n0 = scores.length - n1;
        return (rankSum - n1 * (n1 + 1) / 2.0) / ((double) n1 * n0);
    }

    private static double meanRank(double[] sorted, double score) {
        return (firstAtLeast(sorted, score) + 1 + firstAtLeast(sorted, Math.nextUp(score))) / 2.0;
    }

    private static int firstAtLeast(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
