package com.shivx.drift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.shivx.drift.accuracy.WilsonInterval;
import com.shivx.drift.reference.ReferenceMeasurement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A model that knows P(y|x) = 1/(1+e^−2x) and says it: as sure as it is right, while that holds.
 */
class EstimatedAccuracyTest {

    private static final int WINDOW = 2_000;
    private static final DriftJudge JUDGE = new DriftJudge(DriftRules.SHIPPED);

    private final Random random = new Random(19);
    private final LiveReference reference = reference();

    @Test
    void isWithinItsIntervalAndTheTrueOneWhereNothingChanges() {
        Window window = window(WINDOW, 1, 1);

        EstimatedAccuracy estimate = window.estimate();

        assertThat(estimate.verdict()).isEqualTo(Verdict.OK);
        assertThat(estimate.rows()).isEqualTo(WINDOW);
        assertThat(estimate.value()).isBetween(estimate.lower(), estimate.upper());
        assertThat(window.trueAccuracy())
                .isBetween(estimate.lower() - 0.03, estimate.upper() + 0.03);
        assertThat(window.covers(estimate.value())).isTrue();
    }

    /** Rows come from where the model is less sure, and it is right less often: both are seen. */
    @Test
    void followsTheTrueOneWhereOnlyTheRowsChange() {
        int covered = 0;
        for (int run = 0; run < 40; run++) {
            Window window = window(WINDOW, 0.4, 1);
            EstimatedAccuracy estimate = window.estimate();
            covered += window.covers(estimate.value()) ? 1 : 0;
            assertThat(estimate.verdict()).isEqualTo(Verdict.ALERT);
            assertThat(estimate.value()).isLessThan(estimate.lower());
        }

        // 95 % each.
        assertThat(covered).isBetween(34, 40);
        EstimatedAccuracy surer = window(WINDOW, 3, 1).estimate();
        assertThat(surer.value()).isGreaterThan(surer.upper());
        assertThat(surer.verdict()).isEqualTo(Verdict.ALERT);
    }

    /** Its assumption fails: the same rows have the opposite outcomes, and it does not notice. */
    @Test
    void isBlindToAChangeOfWhatRowsMean() {
        Window window = window(WINDOW, 1, -1);

        EstimatedAccuracy estimate = window.estimate();

        assertThat(estimate.verdict()).isEqualTo(Verdict.OK);
        assertThat(estimate.value()).isGreaterThan(0.7);
        assertThat(window.trueAccuracy()).isLessThan(0.3);
        assertThat(window.trueAccuracy()).isCloseTo(1 - estimate.value(), within(0.05));
    }

    @Test
    void saysNothingOfFewRowsOrWithoutReference() {
        assertThat(window(499, 1, 1).estimate().verdict()).isEqualTo(Verdict.INSUFFICIENT);
        EstimatedAccuracy nothing = new Window(new WindowCounts(), 0, 0, reference).estimate();
        assertThat(nothing.verdict()).isEqualTo(Verdict.INSUFFICIENT);
        assertThat(nothing.value()).isNaN();
        assertThat(nothing.rows()).isZero();

        LiveReference without =
                new LiveReference(
                        new ReferenceMeasurement(new long[1], new int[1], List.of("a"), 1, 1)
                                .profile(),
                        Map.of());
        WindowCounts counts = new WindowCounts();
        for (int i = 0; i < WINDOW; i++) {
            without.count(counts, 0, new double[0], i % 2 == 0 ? 0.6 : Double.NaN);
        }
        EstimatedAccuracy unknown = new Window(counts, 0, 0, without).estimate();
        assertThat(unknown.verdict()).isEqualTo(Verdict.INSUFFICIENT);
        assertThat(unknown.lower()).isNaN();
        assertThat(unknown.value()).isCloseTo(0.6, within(1e-9));
        assertThat(unknown.rows()).isEqualTo(WINDOW / 2);
    }

    private record Window(WindowCounts counts, int right, int rows, LiveReference reference) {

        EstimatedAccuracy estimate() {
            return JUDGE.judge(reference, counts, DriftMemory.empty()).report().estimatedAccuracy();
        }

        double trueAccuracy() {
            return (double) right / rows;
        }

        boolean covers(double accuracy) {
            WilsonInterval interval = WilsonInterval.of(right, rows, WilsonInterval.Z_95);
            return interval.lower() <= accuracy && accuracy <= interval.upper();
        }
    }

    /** Rows of a spread, whose outcomes follow x by a sign. */
    private Window window(int rows, double spread, int sign) {
        WindowCounts counts = new WindowCounts();
        int right = 0;
        for (int i = 0; i < rows; i++) {
            double x = spread * random.nextGaussian();
            boolean isUp = random.nextDouble() < probability(sign * x);
            right += isUp == (x > 0) ? 1 : 0;
            reference.count(counts, 0, new double[] {x}, probability(Math.abs(x)));
        }
        return new Window(counts, right, rows, reference);
    }

    private LiveReference reference() {
        int n = 40 * WINDOW + 1;
        long[] times = new long[n];
        Arrays.setAll(times, i -> i);
        double[] x = random.doubles(n).map(u -> random.nextGaussian()).toArray();
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(times, new int[n], List.of("a"), WINDOW, 500);
        measurement.column("x", x);
        measurement.confidence(Arrays.stream(x).map(Math::abs).map(v -> probability(v)).toArray());
        return new LiveReference(measurement.profile(), Map.of());
    }

    private static double probability(double x) {
        return 1 / (1 + Math.exp(-2 * x));
    }
}
