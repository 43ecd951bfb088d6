package com.shivx.models.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChampionComparisonTest {

    private static final ChampionComparison COMPARISON =
            new ChampionComparison(SimulatedMarket.CONFIG);

    @Test
    void equalModelsAreNotPromotedBeyondAlpha() {
        int promoted = 0;
        int runs = 200;
        for (int run = 0; run < runs; run++) {
            SimulatedMarket market = new SimulatedMarket(100 + run, 1_800, 0.5);
            ValidationReport report =
                    COMPARISON.compare(
                            market.rows(),
                            market.model("new", market.firstSignal()),
                            market.model("old", market.secondSignal()));
            promoted += report.verdict() == Verdict.PROMOTE ? 1 : 0;
        }

        assertThat((double) promoted / runs).isLessThanOrEqualTo(0.05);
    }

    @Test
    void aModelThatIsTrulyBetterIsPromoted() {
        SimulatedMarket market = new SimulatedMarket(7, 6_000, 0.5);

        ValidationReport report = compare(market, market.everything(), market.firstSignal(), null);

        assertThat(report.verdict()).isEqualTo(Verdict.PROMOTE);
        assertThat(report.reasons()).singleElement().asString().startsWith("log-loss");
        assertThat(report.differences()).hasSize(Measure.values().length);
        assertThat(report.pnl()).hasSize(2);
    }

    @Test
    void aModelThatIsWorseOrTheSameLeavesProductionWhereItIs() {
        SimulatedMarket market = new SimulatedMarket(7, 6_000, 0.5);

        ValidationReport worse = compare(market, market.firstSignal(), market.everything(), null);
        ValidationReport same = compare(market, market.everything(), market.everything(), null);

        assertThat(worse.verdict()).isEqualTo(Verdict.KEEP);
        assertThat(worse.reasons().get(0)).contains("is worse than that of production");
        assertThat(same.verdict()).isEqualTo(Verdict.KEEP);
        assertThat(same.reasons().get(0)).contains("is not shown to differ");
    }

    @Test
    void tooFewBlocksAreInconclusive() {
        SimulatedMarket market = new SimulatedMarket(7, 600, 0.5);

        ValidationReport report = compare(market, market.everything(), market.firstSignal(), null);

        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.reasons().get(0)).contains("validation.min-block");
    }

    @Test
    void theLeastAccuracyIsAskedForWhereItIsSet() {
        SimulatedMarket market = new SimulatedMarket(7, 6_000, 0.5);

        ValidationReport report = compare(market, market.everything(), market.firstSignal(), 0.75);

        assertThat(report.verdict()).isEqualTo(Verdict.KEEP);
        assertThat(report.reasons().get(0)).contains("promotion.min-accuracy");
        assertThat(compare(market, market.everything(), market.firstSignal(), 0.3).verdict())
                .isEqualTo(Verdict.PROMOTE);
    }

    @Test
    void refusesConfigurationsThatMeanNothing() {
        assertThatThrownBy(() -> new ValidationConfig(0, SimulatedMarket.CONFIG.bootstrap(), null))
                .hasMessageContaining("validation.min-block");
        assertThatThrownBy(() -> new ValidationConfig(1, SimulatedMarket.CONFIG.bootstrap(), 1.5))
                .hasMessageContaining("promotion.min-accuracy");
    }

    private static ValidationReport compare(
            SimulatedMarket market, double[] newer, double[] older, Double minAccuracy) {
        ValidationConfig config =
                new ValidationConfig(
                        SimulatedMarket.CONFIG.minBlockMicros(),
                        SimulatedMarket.CONFIG.bootstrap(),
                        minAccuracy);
        return new ChampionComparison(config)
                .compare(market.rows(), market.model("new", newer), market.model("old", older));
    }
}
