package com.shivx.drift.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IsotonicCurveTest {

    /** scikit-learn 1.9.1: {@code IsotonicRegression(out_of_bounds="clip").fit(x, y)}. */
    @Test
    void agreesWithScikitLearn() {
        IsotonicCurve curve =
                IsotonicCurve.fit(
                        new double[] {.1, .4, .2, .4, .7, .6, .9, .3, .8, .5},
                        new double[] {0, 1, 0, 0, 1, 0, 1, 1, 1, 0});

        assertThat(curve.x()).containsExactly(.1, .2, .3, .6, .7, .9);
        assertThat(curve.y()).containsExactly(new double[] {0, 0, .4, .4, 1, 1}, within(1e-15));
        double[] at = {0, .1, .25, .3, .55, .65, .75, .95};
        double[] expected = {0, 0, .2, .4, .4, .7, 1, 1};
        for (int i = 0; i < at.length; i++) {
            assertThat(curve.at(at[i])).isCloseTo(expected[i], within(1e-12));
        }
        assertThat(curve.at(Double.NaN)).isNaN();
    }

    /** max over i ≤ k of min over j ≥ k of mean(y_i … y_j), the curve by definition. */
    @Test
    void agreesWithTheMinMaxFormula() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            int n = 1 + random.nextInt(25);
            double[] x = new double[n];
            double[] y = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = i;
                y[i] = random.nextInt(3) + 0.1 * i;
            }
            IsotonicCurve curve = IsotonicCurve.fit(x, y);
            for (int k = 0; k < n; k++) {
                assertThat(curve.at(k)).isCloseTo(minMax(y, k), within(1e-12));
            }
        }
    }

    private static double minMax(double[] y, int k) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= k; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int j = k; j < y.length; j++) {
                double sum = 0;
                for (int m = i; m <= j; m++) {
                    sum += y[m];
                }
                least = Math.min(least, sum / (j - i + 1));
            }
            greatest = Math.max(greatest, least);
        }
        return greatest;
    }

    @Test
    void refusesWhatIsNoRisingCurve() {
        assertThatThrownBy(() -> IsotonicCurve.fit(new double[0], new double[0]))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> new IsotonicCurve(new double[1], new double[2]))
                .hasMessageContaining("1 abscissae and 2 ordinates");
        assertThatThrownBy(() -> new IsotonicCurve(new double[] {0, 1}, new double[] {1, 0}))
                .hasMessageContaining("breakpoint 1");
        assertThatThrownBy(() -> IsotonicCurve.fit(new double[] {Double.NaN}, new double[] {1}))
                .hasMessageContaining("NaN");
    }
}
