package com.shivx.models.training.linear;

/** Probabilities of margins: p_k = exp(m_k − max) / Σ exp(m − max), the same on every machine. */
final class Softmax {

    private Softmax() {}

    /**
     * In place.
     *
     * @return ln Σ exp(m): what a margin lacks to its log-probability
     */
    static double apply(double[] margins) {
        double highest = margins[0];
        for (double margin : margins) {
            highest = Math.max(highest, margin);
        }
        double sum = 0;
        for (int k = 0; k < margins.length; k++) {
            margins[k] = StrictMath.exp(margins[k] - highest);
            sum += margins[k];
        }
        for (int k = 0; k < margins.length; k++) {
            margins[k] /= sum;
        }
        return highest + StrictMath.log(sum);
    }
}
