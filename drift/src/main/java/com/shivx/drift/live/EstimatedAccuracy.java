package com.shivx.drift.live;

/**
 * How often a model is right, before anybody knows: the mean calibrated probability of the class
 * that it predicted, reweighted to the reference's mix of symbols. If probabilities are calibrated
 * they are right that often (as NannyML's confidence-based performance estimation).
 *
 * <p><b>It is blind to a change of P(y|x).</b> It sees that rows come from where the model is less
 * sure; where the same rows have other outcomes than they had, the probabilities are no longer
 * calibrated, and it goes on as if nothing had happened. Only outcomes tell that.
 *
 * @param verdict OK within the interval, ALERT outside of it, INSUFFICIENT without one or with too
 *     few rows
 * @param value 0 to 1; NaN without predictions
 * @param lower what chunks of the reference show, mean − 3 sd; NaN if there were too few
 * @param upper mean + 3 sd
 * @param rows with a prediction
 */
public record EstimatedAccuracy(
        Verdict verdict, double value, double lower, double upper, long rows) {}
