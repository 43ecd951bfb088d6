package com.shivx.drift.reference;

import java.util.Arrays;

/**
 * Lag-1 autocorrelation φ within each symbol's rows: {@code Σ(x_t−m)(x_{t+1}−m) / Σ(x_t−m)²} about
 * the symbol's own mean, averaged over symbols by their rows. Pairs with a missing value are left
 * out; a symbol whose values all equal is left out; NaN if none is left. Within −1 to 1.
 */
final class Autocorrelation {

    private Autocorrelation() {}

    /**
     * Of a column.
     *
     * @param values NaN and infinities are missing
     * @param symbols 0 to {@code symbolCount} − 1, one a row
     * @param byTime indices of the rows as time goes
     */
    static double lagOne(double[] values, int[] symbols, int symbolCount, int[] byTime) {
        double[] means = new double[symbolCount];
        long[] rows = new long[symbolCount];
        for (int row : byTime) {
            if (Double.isFinite(values[row])) {
                int symbol = symbols[row];
                means[symbol] += (values[row] - means[symbol]) / ++rows[symbol];
            }
        }
        double[] products = new double[symbolCount];
        double[] squares = new double[symbolCount];
        double[] last = new double[symbolCount];
        Arrays.fill(last, Double.NaN);
        for (int row : byTime) {
            int symbol = symbols[row];
            double deviation =
                    Double.isFinite(values[row]) ? values[row] - means[symbol] : Double.NaN;
            if (!Double.isNaN(deviation)) {
                squares[symbol] += deviation * deviation;
                products[symbol] += Double.isNaN(last[symbol]) ? 0 : deviation * last[symbol];
            }
            last[symbol] = deviation;
        }
        double sum = 0;
        double weight = 0;
        for (int symbol = 0; symbol < symbolCount; symbol++) {
            // What rounding of a mean leaves of equal values is no variation.
            double rounding = 1e-14 * Math.abs(means[symbol]);
            if (squares[symbol] > rows[symbol] * rounding * rounding) {
                sum += rows[symbol] * products[symbol] / squares[symbol];
                weight += rows[symbol];
            }
        }
        return sum / weight;
    }
}
