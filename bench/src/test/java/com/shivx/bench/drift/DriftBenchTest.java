package com.shivx.bench.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.bench.BenchReport;
import com.shivx.bench.QuietProgress;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftBenchTest {

    /** The short form of what the benchmark does at length, where the textbook is at its worst. */
    @Test
    void driftIsToldFromNoise() throws Exception {
        BenchReport report =
                new DriftBench(
                                new DriftPlan(List.of(0.0, 0.9), 3, 32, 20, 20_000, 1, 5),
                                new QuietProgress())
                        .runPure();

        JsonNode json = new ObjectMapper().readTree(report.toJson());
        for (String phi : List.of("0.0", "0.9")) {
            assertThat(json.at("/alertShare/" + phi).asDouble(1)).isLessThanOrEqualTo(0.05);
            assertThat(json.at("/foundWithin5/" + phi).asDouble(0)).isGreaterThanOrEqualTo(0.9);
        }
        assertThat(json.at("/textbookShare/0.9").asDouble(0)).isGreaterThan(0.99);
        assertThat(json.at("/textbookFeatureShare/0.0").asDouble(0)).isBetween(0.02, 0.08);
        assertThat(json.at("/countedValuesPerSecond").asDouble()).isPositive();
        assertThat(json.at("/secondsFor32Million").asDouble()).isPositive();
        assertThat(report.rows()).hasSize(2);
    }

    @Test
    void windowsHaveFourHundredEffectiveRows() {
        assertThat(new FeatureTrial(0, 1).windowRows()).isEqualTo(600);
        assertThat(new FeatureTrial(0.9, 1).windowRows()).isEqualTo(7_600);
        assertThat(new FeatureTrial(0.99, 1).windowRows()).isEqualTo(79_600);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9})
    void seriesHaveMeanNoughtVarianceOneAndTheirAutocorrelation(double phi) {
        Autoregression series = new Autoregression(phi, new SplittableRandom(3));
        int n = 400_000;
        double sum = 0;
        double squares = 0;
        double products = 0;
        double last = 0;
        for (int i = 0; i < n; i++) {
            double value = series.next();
            sum += value;
            squares += value * value;
            products += value * last;
            last = value;
        }

        assertThat(sum / n).isCloseTo(0, within(0.03));
        assertThat(squares / n).isCloseTo(1, within(0.03));
        assertThat(products / squares).isCloseTo(phi, within(0.01));
    }

    @Test
    void aWindowHasAnAlertIfOneOfItsFeaturesHas() {
        FeatureTrial trial = new FeatureTrial(0, 4);
        List<FeatureTrial.Outcome> one =
                List.of(outcome(true, 0, 1), outcome(false, 1), outcome(true));
        List<FeatureTrial.Outcome> other = List.of(outcome(true), outcome(true), outcome(true));

        Detection detection = Detection.of(trial, List.of(one, other));

        assertThat(detection.alertShare()).isEqualTo(2 / 8.0);
        assertThat(detection.textbookShare()).isEqualTo(2 / 8.0);
        assertThat(detection.textbookFeatureShare()).isEqualTo(3 / 24.0);
        assertThat(detection.foundWithin5()).isEqualTo(5 / 6.0);
    }

    @Test
    void refusesAPlanOfNothing() {
        assertThatThrownBy(() -> new DriftPlan(List.of(), 0, 1, 1, 1, 1, 1))
                .hasMessageContaining("at least one");
    }

    private static FeatureTrial.Outcome outcome(boolean isFound, int... windows) {
        BitSet set = new BitSet();
        for (int window : windows) {
            set.set(window);
        }
        return new FeatureTrial.Outcome(set, set, set, isFound);
    }
}
