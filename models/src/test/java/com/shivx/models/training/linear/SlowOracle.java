package com.shivx.models.training.linear;

import com.shivx.models.training.Rows;

/** The same models by slow and obvious code, in double throughout. */
final class SlowOracle {

    private SlowOracle() {}

    /** Probabilities by gradient descent with a fixed step. */
    static double[][] softmax(Rows rows, int classes, double l2, double clip, int steps) {
        double[][] z = standardised(rows, clip);
        int n = z.length;
        int width = rows.width();
        double[][] w = new double[classes][width + 1];
        double[][] p = new double[n][classes];
        // Below 2 over the largest curvature, which is at most half the mean square of a row.
        double step = 1.5 / (1 + width);
        for (int s = 0; s < steps; s++) {
            probabilities(z, w, p);
            for (int k = 0; k < classes; k++) {
                for (int j = 0; j <= width; j++) {
                    double slope = j < width ? l2 * w[k][j] : 0;
                    for (int i = 0; i < n; i++) {
                        double error = p[i][k] - (rows.target(i) == k ? 1 : 0);
                        slope += error * (j < width ? z[i][j] : 1) / n;
                    }
                    w[k][j] -= step * slope;
                }
            }
        }
        probabilities(z, w, p);
        return p;
    }

    private static void probabilities(double[][] z, double[][] w, double[][] p) {
        for (int i = 0; i < z.length; i++) {
            double sum = 0;
            for (int k = 0; k < w.length; k++) {
                double margin = w[k][z[i].length];
                for (int j = 0; j < z[i].length; j++) {
                    margin += w[k][j] * z[i][j];
                }
                p[i][k] = Math.exp(margin);
                sum += p[i][k];
            }
            for (int k = 0; k < w.length; k++) {
                p[i][k] /= sum;
            }
        }
    }

    /** Values by coordinate descent. */
    static double[] ridge(Rows rows, double l2, double clip, int sweeps) {
        double[][] z = standardised(rows, clip);
        int n = z.length;
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += rows.target(i) / (double) n;
        }
        double[] w = new double[rows.width()];
        double b = mean;
        for (int s = 0; s < sweeps; s++) {
            for (int j = 0; j <= w.length; j++) {
                double above = 0;
                double below = j < w.length ? l2 : 0;
                for (int i = 0; i < n; i++) {
                    double zj = j < w.length ? z[i][j] : 1;
                    double others = value(z[i], w, b) - (j < w.length ? w[j] * zj : b);
                    above += zj * (rows.target(i) - others) / n;
                    below += zj * zj / n;
                }
                if (j < w.length) {
                    w[j] = above / below;
                } else {
                    b = above / below;
                }
            }
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = value(z[i], w, b);
        }
        return values;
    }

    private static double value(double[] z, double[] w, double b) {
        double sum = b;
        for (int j = 0; j < w.length; j++) {
            sum += w[j] * z[j];
        }
        return sum;
    }

    private static double[][] standardised(Rows rows, double clip) {
        double[][] z = new double[rows.count()][rows.width()];
        for (int j = 0; j < rows.width(); j++) {
            double sum = 0;
            double squares = 0;
            int present = 0;
            for (int i = 0; i < z.length; i++) {
                double x = rows.value(i, j);
                if (!Double.isNaN(x)) {
                    sum += x;
                    squares += x * x;
                    present++;
                }
            }
            double mean = sum / present;
            double deviation = Math.sqrt(squares / present - mean * mean);
            for (int i = 0; i < z.length; i++) {
                double x = rows.value(i, j);
                double scaled = (x - mean) / deviation;
                z[i][j] = Double.isNaN(x) ? 0 : Math.max(-clip, Math.min(clip, scaled));
            }
        }
        return z;
    }
}
