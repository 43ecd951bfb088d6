package com.shivx.drift.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.shivx.drift.accuracy.LogLoss;
import com.shivx.drift.accuracy.Reliability;
import com.shivx.drift.accuracy.ScoredRows;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OneVsRestCalibrationTest {

    @Test
    void curesAModelThatIsTooSureOfItself() {
        ScoredRows fitted = overconfident(new Random(1));
        ScoredRows later = overconfident(new Random(2));

        ScoredRows calibrated = OneVsRestCalibration.fit(fitted).apply(later);

        assertThat(Reliability.of(later).expectedError()).isGreaterThan(0.1);
        assertThat(Reliability.of(calibrated).expectedError()).isLessThan(0.04);
        assertThat(LogLoss.mean(calibrated)).isLessThan(LogLoss.mean(later) - 0.1);
    }

    /** Says (p³ : q³ : r³) where (p : q : r) is true. */
    private static ScoredRows overconfident(Random random) {
        int n = 5_000;
        double[] said = new double[3 * n];
        int[] truths = new int[n];
        for (int row = 0; row < n; row++) {
            double[] p = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
            double sum = p[0] + p[1] + p[2];
            double cubes = 0;
            for (double v : p) {
                cubes += v * v * v;
            }
            double drawn = random.nextDouble() * sum;
            truths[row] = drawn < p[0] ? 0 : drawn < p[0] + p[1] ? 1 : 2;
            for (int c = 0; c < 3; c++) {
                said[3 * row + c] = p[c] * p[c] * p[c] / cubes;
            }
        }
        return new ScoredRows(3, said, truths);
    }

    @Test
    void callsNothingImpossible() {
        ScoredRows certain =
                new ScoredRows(2, new double[] {.9, .1, .8, .2, .1, .9}, new int[] {0, 0, 1});

        double[] calibrated = OneVsRestCalibration.fit(certain).apply(new double[] {.95, .05});

        assertThat(calibrated[1]).isCloseTo(1 / 8.0, within(1e-12));
        assertThat(calibrated[0] + calibrated[1]).isCloseTo(1, within(1e-15));
    }

    @Test
    void passesNaNOn() {
        IsotonicCurve level = new IsotonicCurve(new double[] {0}, new double[] {.5});
        OneVsRestCalibration calibration = new OneVsRestCalibration(List.of(level, level), 0.01);

        assertThat(calibration.apply(new double[] {Double.NaN, Double.NaN}))
                .containsExactly(Double.NaN, Double.NaN);
    }

    @Test
    void refusesWhatCannotCalibrate() {
        IsotonicCurve level = new IsotonicCurve(new double[] {0}, new double[] {.5});

        assertThatThrownBy(() -> new OneVsRestCalibration(List.of(level), 0.01))
                .hasMessageContaining("at least 2");
        assertThatThrownBy(() -> new OneVsRestCalibration(List.of(level, level), 0))
                .hasMessageContaining("floor");
        assertThatThrownBy(
                        () ->
                                new OneVsRestCalibration(List.of(level, level), 0.01)
                                        .apply(new double[3]))
                .hasMessageContaining("3 probabilities");
    }
}
