package com.shivx.models.training.linear;

import com.shivx.models.training.TrainingException;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * Newton's method with step halving: a hundred or so variables need a handful of steps, and every
 * one is the same on every machine. XGBoost's own linear booster is deprecated from 3.2 on, and
 * commons-math3 optimises such a function only without its curvature, in thousands of steps; so the
 * loop is here, and the Cholesky decomposition is commons-math3's.
 *
 * <p>It ends when a step promises less than 1e-12 of what is minimised (half the Newton decrement),
 * or after 50 steps.
 */
final class Newton {

    private static final int MAX_STEPS = 50;
    private static final double LEAST_GAIN = 1e-12;
    private static final int MAX_HALVINGS = 40;

    /** A step must keep a thousandth of what its slope promises. */
    private static final double KEPT = 1e-3;

    private static final double SYMMETRY = 1e-9;

    private Newton() {}

    /**
     * Minimises.
     *
     * @param start not changed
     * @return where it is least
     * @throws TrainingException if the curvature is singular
     */
    static double[] minimise(Objective objective, double[] start) throws TrainingException {
        double[] at = start.clone();
        double value = objective.value(at);
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] gradient = new double[at.length];
            double[] direction = direction(objective, at, gradient);
            double slope = 0;
            for (int v = 0; v < at.length; v++) {
                slope += gradient[v] * direction[v];
            }
            double length = 1;
            double[] next = moved(at, direction, length);
            double reached = objective.value(next);
            // Written so that NaN is halved too.
            for (int i = 0; !(reached <= value + KEPT * length * slope) && i < MAX_HALVINGS; i++) {
                length /= 2;
                next = moved(at, direction, length);
                reached = objective.value(next);
            }
            if (!(reached < value)) {
                return at;
            }
            at = next;
            value = reached;
            if (-slope / 2 < LEAST_GAIN) {
                return at;
            }
        }
        return at;
    }

    private static double[] direction(Objective objective, double[] at, double[] gradient)
            throws TrainingException {
        double[][] curvature = new double[at.length][at.length];
        objective.derivatives(at, gradient, curvature);
        for (int v = 0; v < at.length; v++) {
            for (int u = 0; u < v; u++) {
                curvature[u][v] = curvature[v][u];
            }
        }
        try {
            return new CholeskyDecomposition(
                            new Array2DRowRealMatrix(curvature, false), SYMMETRY, 0)
                    .getSolver()
                    .solve(new ArrayRealVector(gradient, false).mapMultiply(-1))
                    .toArray();
        } catch (NonPositiveDefiniteMatrixException e) {
            throw new TrainingException(
                    "the columns repeat each other so closely that no linear model is the best",
                    "raise l2, or leave columns out",
                    e);
        }
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] to = Arrays.copyOf(from, from.length);
        for (int v = 0; v < to.length; v++) {
            to[v] += length * direction[v];
        }
        return to;
    }
}
