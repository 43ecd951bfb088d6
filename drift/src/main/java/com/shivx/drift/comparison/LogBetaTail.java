package com.shivx.drift.comparison;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.util.ContinuedFraction;

/**
 * ln I½(a, b), the logarithm of the regularised incomplete beta function at one half, by its
 * continued fraction (NIST DLMF 8.17.22), whose factor {@code ½^(a+b) / (a·B(a, b))} is left in
 * logarithms: the function itself underflows below 1e-308. Relative error about 1e-12.
 */
final class LogBetaTail {

    private static final double EPSILON = 1e-14;
    private static final int MAX_ITERATIONS = 1_000_000;

    private LogBetaTail() {}

    /** Of a and b above 0; from −∞ to 0. */
    static double atHalf(double a, double b) {
        // Beyond it the fraction converges slowly, and the other tail is the small one.
        if (0.5 > (a + 1) / (a + b + 2)) {
            return Math.log1p(-Math.exp(lowerTail(b, a)));
        }
        return lowerTail(a, b);
    }

    private static double lowerTail(double a, double b) {
        return -(a + b) * Math.log(2)
                - Math.log(a)
                - Beta.logBeta(a, b)
                - Math.log(new Fraction(a, b).evaluate(0.5, EPSILON, MAX_ITERATIONS));
    }

    private static final class Fraction extends ContinuedFraction {
        private final double a;
        private final double b;

        Fraction(double a, double b) {
            this.a = a;
            this.b = b;
        }

        @Override
        protected double getA(int n, double x) {
            return 1;
        }

        @Override
        protected double getB(int n, double x) {
            double m = n >> 1;
            return n % 2 == 0
                    ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                    : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        }
    }
}
