package com.shivx.models.training.linear;

import com.shivx.models.training.TrainingCancelledException;
import com.shivx.models.training.TrainingListener;

/**
 * Multinomial logistic regression:
 *
 * <pre>
 *   f(W, b) = −(1/n) Σ ln p(y_i | z_i) + l2/2 · |W|² + ε/2 · |b|²      p = softmax(W z + b)
 *   ∂f/∂w_k     = (1/n) Σ (p_k − [y = k]) z + l2 · w_k
 *   ∂²f/∂w_k∂w_l = (1/n) Σ p_k ([k = l] − p_l) z zᵀ + [k = l] · l2
 * </pre>
 *
 * <p>Every class has its own weights, so none is a reference that the penalty treats otherwise; of
 * two classes this is logistic regression with half the penalty on the difference. Adding one
 * number to all intercepts changes nothing: ε = 1e-8 picks those of sum 0 and makes the curvature
 * definite, at no cost that a float would show.
 */
final class SoftmaxLoss implements Objective {

    private static final double INTERCEPT_PENALTY = 1e-8;
    private static final int ROWS_BETWEEN_CHECKS = 10_000;

    private final float[] z;
    private final float[] targets;
    private final int columns;
    private final int classes;
    private final double l2;
    private final TrainingListener listener;

    SoftmaxLoss(
            float[] z,
            float[] targets,
            int columns,
            int classes,
            double l2,
            TrainingListener listener) {
        this.z = z;
        this.targets = targets;
        this.columns = columns;
        this.classes = classes;
        this.l2 = l2;
        this.listener = listener;
    }

    @Override
    public int size() {
        return classes * (columns + 1);
    }

    @Override
    public double value(double[] at) throws TrainingCancelledException {
        double[] margins = new double[classes];
        double loss = 0;
        for (int i = 0; i < targets.length; i++) {
            check(i);
            margins(at, i, margins);
            double margin = margins[(int) targets[i]];
            loss += Softmax.apply(margins) - margin;
        }
        double penalty = 0;
        for (int v = 0; v < at.length; v++) {
            penalty += penalty(v) * at[v] * at[v] / 2;
        }
        return loss / targets.length + penalty;
    }

    @Override
    public void derivatives(double[] at, double[] gradient, double[][] curvature)
            throws TrainingCancelledException {
        double[] p = new double[classes];
        double[] row = new double[columns + 1];
        row[columns] = 1;
        for (int i = 0; i < targets.length; i++) {
            check(i);
            margins(at, i, p);
            Softmax.apply(p);
            for (int j = 0; j < columns; j++) {
                row[j] = z[i * columns + j];
            }
            for (int k = 0; k < classes; k++) {
                add(gradient, k, row, p[k] - (targets[i] == k ? 1 : 0));
                for (int l = 0; l <= k; l++) {
                    add(curvature, k, l, row, p[k] * ((k == l ? 1 : 0) - p[l]));
                }
            }
        }
        for (int v = 0; v < at.length; v++) {
            gradient[v] = gradient[v] / targets.length + penalty(v) * at[v];
            for (int u = 0; u <= v; u++) {
                curvature[v][u] /= targets.length;
            }
            curvature[v][v] += penalty(v);
        }
    }

    private static void add(double[] gradient, int k, double[] row, double weight) {
        int at = k * row.length;
        for (int j = 0; j < row.length; j++) {
            gradient[at + j] += weight * row[j];
        }
    }

    /** Of a block on the diagonal only its lower half is needed; the others are whole. */
    private static void add(double[][] curvature, int k, int l, double[] row, double weight) {
        for (int a = 0; a < row.length; a++) {
            double[] into = curvature[k * row.length + a];
            double scaled = weight * row[a];
            int end = k == l ? a + 1 : row.length;
            for (int b = 0; b < end; b++) {
                into[l * row.length + b] += scaled * row[b];
            }
        }
    }

    private void margins(double[] at, int row, double[] into) {
        for (int k = 0; k < classes; k++) {
            int from = k * (columns + 1);
            double sum = at[from + columns];
            for (int j = 0; j < columns; j++) {
                sum += at[from + j] * z[row * columns + j];
            }
            into[k] = sum;
        }
    }

    private double penalty(int variable) {
        return variable % (columns + 1) == columns ? INTERCEPT_PENALTY : l2;
    }

    private void check(int row) throws TrainingCancelledException {
        if (row % ROWS_BETWEEN_CHECKS == 0) {
            TrainingCancelledException.check(listener);
        }
    }
}
