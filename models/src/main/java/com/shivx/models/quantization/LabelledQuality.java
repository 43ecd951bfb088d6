package com.shivx.models.quantization;

/**
 * How good a classifier's answers to labelled rows are.
 *
 * @param rows answered rows with a label
 * @param accuracy share of them whose predicted class is the label; NaN of none
 * @param logLoss mean −ln p of the label's class in nats, p not below 1e-15; NaN of none, and of a
 *     model whose scores are no probabilities
 * @param brier mean Σ (p − y)² over the classes, 0 to 2 (Brier 1950); NaN as the log-loss
 */
public record LabelledQuality(long rows, double accuracy, double logLoss, double brier) {

    private static final double LOWEST_PROBABILITY = 1e-15;

    /** Sums over rows. Not thread-safe. */
    static final class Sums {

        private long rows;
        private long right;
        private double logLoss;
        private double brier;

        /** Takes the answer to a row. */
        void add(float[] probabilities, int predicted, int label) {
            rows++;
            right += predicted == label ? 1 : 0;
            logLoss -= Math.log(Math.max(LOWEST_PROBABILITY, probabilities[label]));
            for (int i = 0; i < probabilities.length; i++) {
                double error = probabilities[i] - (i == label ? 1 : 0);
                brier += error * error;
            }
        }

        /**
         * What they come to.
         *
         * @param probabilities whether the answers were probabilities
         */
        LabelledQuality quality(boolean probabilities) {
            return new LabelledQuality(
                    rows,
                    (double) right / rows,
                    probabilities ? logLoss / rows : Double.NaN,
                    probabilities ? brier / rows : Double.NaN);
        }
    }
}
