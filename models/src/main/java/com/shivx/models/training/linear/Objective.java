package com.shivx.models.training.linear;

import com.shivx.models.training.TrainingCancelledException;

/**
 * A convex function of the weights, with its first and second derivatives.
 *
 * <p>Its variables stand output by output: a weight a column, then the intercept.
 */
interface Objective {

    /** Variables. */
    int size();

    /** Its value alone. */
    double value(double[] at) throws TrainingCancelledException;

    /**
     * Its derivatives.
     *
     * @param gradient filled
     * @param curvature filled on and below the diagonal
     */
    void derivatives(double[] at, double[] gradient, double[][] curvature)
            throws TrainingCancelledException;
}
