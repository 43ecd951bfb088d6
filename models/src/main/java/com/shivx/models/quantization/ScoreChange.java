package com.shivx.models.quantization;

import com.shivx.models.contract.OutputKind;

/**
 * How a model's answers change with its quantisation, over the same rows.
 *
 * @param kind what the answers are
 * @param rows rows that both models answer
 * @param answersLost rows that only the original answers
 * @param answersGained rows that only the quantised model answers
 * @param classChanges share of the rows whose predicted class changes; 0 for a regression
 * @param meanDifference mean of |Δ| over the rows and their numbers: of probabilities, scores, or
 *     the value
 * @param maxDifference the largest |Δ|
 * @param deviation standard deviation of the original's numbers
 * @param before the original against the labels; of no rows where there are none
 * @param after the quantised model against the labels
 */
public record ScoreChange(
        OutputKind kind,
        long rows,
        long answersLost,
        long answersGained,
        double classChanges,
        double meanDifference,
        double maxDifference,
        double deviation,
        LabelledQuality before,
        LabelledQuality after) {

    /** Nats by which the mean log-loss rises; NaN without labels or probabilities. */
    public double logLossRise() {
        return after.logLoss() - before.logLoss();
    }

    /**
     * Mean |Δ| of a regression in standard deviations of the original's answers; NaN of anything
     * else, infinite if answers that were all equal move.
     */
    public double relativeDifference() {
        if (kind != OutputKind.VALUE) {
            return Double.NaN;
        }
        return meanDifference == 0 ? 0 : meanDifference / deviation;
    }
}
