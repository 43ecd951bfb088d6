package com.shivx.drift.calibration;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rising curve nearest to the observations in squares, by pooling adjacent violators (M. Ayer
 * et al., "An empirical distribution function for sampling with incomplete information", 1955); as
 * scikit-learn's {@code IsotonicRegression(out_of_bounds="clip")} has it: equal abscissae are
 * averaged first, between breakpoints the curve is straight, beyond the ends it is level.
 *
 * @param x breakpoints, rising strictly
 * @param y the curve there, never falling
 */
public record IsotonicCurve(double[] x, double[] y) {

    public IsotonicCurve {
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException(
                    "%d abscissae and %d ordinates make no curve; give as many of both, at least one"
                            .formatted(x.length, y.length));
        }
        for (int i = 0; i < x.length; i++) {
            boolean rises = i == 0 || (x[i] > x[i - 1] && y[i] >= y[i - 1]);
            if (!rises || !Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                throw new IllegalArgumentException(
                        "breakpoint %d (%s, %s) is not finite, or falls; fit the curve again"
                                .formatted(i, x[i], y[i]));
            }
        }
    }

    /**
     * Fits.
     *
     * @param x finite, in any order
     * @param y finite, one of each x
     */
    public static IsotonicCurve fit(double[] x, double[] y) {
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException(
                    "%d abscissae and %d ordinates cannot be fitted; give as many of both, at least one"
                            .formatted(x.length, y.length));
        }
        int[] order =
                IntStream.range(0, x.length)
                        .boxed()
                        .sorted((i, j) -> Double.compare(x[i], x[j]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[] points = new double[x.length];
        double[] sums = new double[x.length];
        double[] weights = new double[x.length];
        int n = 0;
        for (int i : order) {
            if (n == 0 || points[n - 1] != x[i]) {
                points[n++] = x[i];
            }
            sums[n - 1] += y[i];
            weights[n - 1]++;
        }
        return pooled(points, sums, weights, n);
    }

    /** Blocks are kept on a stack; one that lies below its predecessor is joined to it. */
    private static IsotonicCurve pooled(double[] x, double[] sums, double[] weights, int n) {
        int[] first = new int[n];
        double[] sum = new double[n];
        double[] weight = new double[n];
        int blocks = 0;
        for (int i = 0; i < n; i++) {
            first[blocks] = i;
            sum[blocks] = sums[i];
            weight[blocks] = weights[i];
            blocks++;
            while (blocks > 1
                    && sum[blocks - 2] / weight[blocks - 2]
                            >= sum[blocks - 1] / weight[blocks - 1]) {
                sum[blocks - 2] += sum[blocks - 1];
                weight[blocks - 2] += weight[blocks - 1];
                blocks--;
            }
        }
        // A level stretch needs its two ends only.
        double[] keptX = new double[2 * blocks];
        double[] keptY = new double[2 * blocks];
        int kept = 0;
        for (int block = 0; block < blocks; block++) {
            int last = (block + 1 < blocks ? first[block + 1] : n) - 1;
            keptX[kept] = x[first[block]];
            keptY[kept++] = sum[block] / weight[block];
            if (last > first[block]) {
                keptX[kept] = x[last];
                keptY[kept++] = sum[block] / weight[block];
            }
        }
        return new IsotonicCurve(Arrays.copyOf(keptX, kept), Arrays.copyOf(keptY, kept));
    }

    /** The curve at a place; NaN at NaN. */
    public double at(double place) {
        if (Double.isNaN(place)) {
            return Double.NaN;
        }
        int found = Arrays.binarySearch(x, place);
        if (found >= 0) {
            return y[found];
        }
        int above = -found - 1;
        if (above == 0) {
            return y[0];
        }
        if (above == x.length) {
            return y[x.length - 1];
        }
        double share = (place - x[above - 1]) / (x[above] - x[above - 1]);
        return y[above - 1] + share * (y[above] - y[above - 1]);
    }
}
