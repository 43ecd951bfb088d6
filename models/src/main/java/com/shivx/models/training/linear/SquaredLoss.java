package com.shivx.models.training.linear;

import com.shivx.models.training.TrainingCancelledException;
import com.shivx.models.training.TrainingListener;

/**
 * Ridge regression on standardised targets:
 *
 * <pre>
 *   f(w, b) = 1/(2n) Σ (w z_i + b − t_i)² + l2/2 · |w|²
 *   ∂f/∂w = (1/n) Σ (w z + b − t) z + l2 · w        ∂²f/∂w² = (1/n) Σ z zᵀ + l2 · I
 * </pre>
 */
final class SquaredLoss implements Objective {

    private final float[] z;
    private final double[] targets;
    private final int columns;
    private final double l2;
    private final TrainingListener listener;

    SquaredLoss(float[] z, double[] targets, int columns, double l2, TrainingListener listener) {
        this.z = z;
        this.targets = targets;
        this.columns = columns;
        this.l2 = l2;
        this.listener = listener;
    }

    @Override
    public int size() {
        return columns + 1;
    }

    @Override
    public double value(double[] at) throws TrainingCancelledException {
        TrainingCancelledException.check(listener);
        double squares = 0;
        for (int i = 0; i < targets.length; i++) {
            double error = error(at, i);
            squares += error * error;
        }
        double penalty = 0;
        for (int j = 0; j < columns; j++) {
            penalty += at[j] * at[j];
        }
        return squares / (2 * targets.length) + l2 * penalty / 2;
    }

    @Override
    public void derivatives(double[] at, double[] gradient, double[][] curvature)
            throws TrainingCancelledException {
        TrainingCancelledException.check(listener);
        double[] row = new double[columns + 1];
        row[columns] = 1;
        for (int i = 0; i < targets.length; i++) {
            double error = error(at, i);
            for (int j = 0; j < columns; j++) {
                row[j] = z[i * columns + j];
            }
            for (int a = 0; a <= columns; a++) {
                gradient[a] += error * row[a] / targets.length;
                for (int b = 0; b <= a; b++) {
                    curvature[a][b] += row[a] * row[b] / targets.length;
                }
            }
        }
        for (int j = 0; j < columns; j++) {
            gradient[j] += l2 * at[j];
            curvature[j][j] += l2;
        }
    }

    private double error(double[] at, int row) {
        double sum = at[columns] - targets[row];
        for (int j = 0; j < columns; j++) {
            sum += at[j] * z[row * columns + j];
        }
        return sum;
    }
}
