package com.shivx.models.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.drift.bootstrap.Answer;
import com.shivx.models.Action;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewModelValidationTest {

    private static final SimulatedMarket MARKET = new SimulatedMarket(1, 6_000, 0.5);
    private static final SimulatedMarket LONG = new SimulatedMarket(1, 12_000, 0.5);
    private static final NewModelValidation VALIDATION =
            new NewModelValidation(SimulatedMarket.CONFIG);

    @Test
    void aModelThatKnowsSomethingIsRegistered() {
        ValidationReport report =
                VALIDATION.validate(MARKET.rows(), MARKET.candidate(MARKET.everything()), null);

        assertThat(report.verdict()).isEqualTo(Verdict.REGISTER);
        assertThat(report.reasons()).hasSize(2).allMatch(reason -> reason.contains("is better"));
        assertThat(report.blocks()).isEqualTo(100);
        assertThat(report.figures().directionAuc()).isGreaterThan(0.6);
        assertThat(report.figures().pnlBps()).isPositive();
        assertThat(report.symbols()).containsExactly("<C>", "A", "B");
    }

    @Test
    void aModelThatKnowsVolatilityAloneIsRefusedByItsTwin() {
        ValidationReport report =
                VALIDATION.validate(MARKET.rows(), MARKET.candidate(MARKET.volatilityOnly()), null);

        assertThat(answer(report, Rival.CLASS_FREQUENCIES)).isEqualTo(Answer.ABOVE);
        assertThat(answer(report, Rival.DIRECTION_BLIND_TWIN)).isEqualTo(Answer.NOT_SHOWN);
        assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(report.reasons().get(0)).contains("direction-blind twin");
    }

    @Test
    void labelsThatWereRolledAreRefused() {
        for (int horizons : new int[] {10, 25, 60}) {
            ValidationReport report =
                    VALIDATION.validate(
                            rolled(MARKET.rows(), horizons),
                            MARKET.candidate(MARKET.everything()),
                            null);

            assertThat(report.verdict()).as("%d horizons", horizons).isEqualTo(Verdict.REFUSED);
        }
    }

    private static LabelledRows rolled(LabelledRows rows, int horizons) {
        int n = rows.rows();
        // Three symbols a second, five seconds a horizon.
        int by = horizons * 15;
        int[] truths = new int[n];
        for (int row = 0; row < n; row++) {
            truths[row] = rows.truths()[(row + by) % n];
        }
        return new LabelledRows(
                rows.eventTimeMicros(),
                rows.symbols(),
                rows.symbolNames(),
                rows.classes(),
                rows.actions(),
                truths,
                rows.buyPnlBps(),
                rows.sellPnlBps(),
                rows.horizonMicros());
    }

    @Test
    void tooFewBlocksAreInconclusive() {
        SimulatedMarket brief = new SimulatedMarket(1, 19 * 60, 0.5);

        ValidationReport report =
                VALIDATION.validate(brief.rows(), brief.candidate(brief.everything()), null);

        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.verdict().passes()).isFalse();
        assertThat(report.reasons()).singleElement().asString().contains("19 blocks of 1m");
        assertThat(report.figures().logLoss()).isPositive();
    }

    @Test
    void aBlockIsNeverShorterThanTwoHorizons() {
        assertThat(ValidationConfig.DEFAULT.meanBlockMicros(60_000_000)).isEqualTo(3_600_000_000L);
        assertThat(ValidationConfig.DEFAULT.meanBlockMicros(3_000_000_000L))
                .isEqualTo(6_000_000_000L);
    }

    @Test
    void aGuardrailFailsOnlyWhereTheModelIsShownToBeWorse() {
        ScoredModel production = MARKET.model("direction@2.0.0", MARKET.everything());

        ValidationReport equal =
                VALIDATION.validate(
                        MARKET.rows(), MARKET.candidate(MARKET.everything()), production);
        ValidationReport overconfident =
                VALIDATION.validate(
                        MARKET.rows(), MARKET.candidate(MARKET.overconfident()), production);

        assertThat(equal.verdict()).isEqualTo(Verdict.REGISTER);
        assertThat(overconfident.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(overconfident.reasons())
                .anyMatch(
                        reason ->
                                reason.startsWith("calibration error")
                                        && reason.contains("is worse than that of production"));
        assertThat(overconfident.productionFigures()).isNotNull();
    }

    @Test
    void aModelWithoutDirectionNeedsNoTwin() {
        LabelledRows rows = MARKET.rows();
        LabelledRows undirected =
                new LabelledRows(
                        rows.eventTimeMicros(),
                        rows.symbols(),
                        rows.symbolNames(),
                        rows.classes(),
                        List.of(Action.HOLD, Action.HOLD, Action.HOLD),
                        rows.truths(),
                        rows.buyPnlBps(),
                        rows.sellPnlBps(),
                        rows.horizonMicros());

        ValidationReport report =
                VALIDATION.validate(undirected, MARKET.candidate(MARKET.volatilityOnly()), null);

        assertThat(report.verdict()).isEqualTo(Verdict.REGISTER);
        assertThat(report.difference(Measure.LOG_LOSS, Rival.DIRECTION_BLIND_TWIN)).isEmpty();
        assertThat(report.figures().directionAuc()).isNaN();
    }

    /** Seven eighths of the rows and the rest: what knows something, and then the wrong. */
    @Test
    void foldsAreJudgedTogetherAndTheLastMustNotBeWorse() {
        ValidationReport good = VALIDATION.validate(LONG.rows(), folds(false), null);
        ValidationReport whole =
                VALIDATION.validate(LONG.rows(), LONG.candidate(LONG.everything()), null);
        ValidationReport turned = VALIDATION.validate(LONG.rows(), folds(true), null);

        assertThat(good.verdict()).isEqualTo(Verdict.REGISTER);
        assertThat(good.figures().logLoss()).isEqualTo(whole.figures().logLoss());
        assertThat(good.difference(Measure.LOG_LOSS, Rival.DIRECTION_BLIND_TWIN))
                .isEqualTo(whole.difference(Measure.LOG_LOSS, Rival.DIRECTION_BLIND_TWIN));
        assertThat(good.folds()).extracting(FoldReport::rows).containsExactly(31_500, 4_500);
        assertThat(whole.folds()).isEmpty();
        assertThat(turned.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(answer(turned, Rival.DIRECTION_BLIND_TWIN)).isEqualTo(Answer.ABOVE);
        assertThat(turned.reasons().get(0))
                .startsWith("in the last fold, whose model it is, log-loss")
                .contains("is worse than that of");
    }

    private static NewModel folds(boolean turns) {
        Span all = LONG.spans().test();
        long border = all.untilMicros() / 8 * 7;
        double[] said = LONG.everything();
        double[] first = Arrays.copyOfRange(said, 0, said.length / 8 * 7);
        double[] second = Arrays.copyOfRange(said, first.length, said.length);
        for (int at = 0; turns && at < second.length; at += 3) {
            double down = second[at];
            second[at] = second[at + 2];
            second[at + 2] = down;
        }
        return new NewModel(
                List.of(
                        fold(new Span(all.fromMicros(), border), first),
                        fold(new Span(border, all.untilMicros()), second)),
                null,
                Map.of());
    }

    private static Fold fold(Span test, double[] said) {
        return new Fold(
                new Spans(LONG.spans().fit(), LONG.spans().tune(), test),
                LONG.model("direction", said),
                LONG.rows().classFrequencies());
    }

    @Test
    void ofNoRowsNothingCanBeSaid() {
        LabelledRows none = MARKET.rows().within(new Span(-2, -1));

        ValidationReport report =
                VALIDATION.validate(
                        none,
                        new NewModel(
                                MARKET.model("m@1.0.0", new double[0]),
                                null,
                                new double[] {.3, .4, .3},
                                Map.of(),
                                MARKET.spans()),
                        null);

        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.span()).isNull();
    }

    @Test
    void refusesRowsThatProveNothing() {
        ScoredModel learned =
                new ScoredModel("direction@2.0.0", MARKET.everything(), SimulatedMarket.SECOND);

        assertThatThrownBy(
                        () ->
                                VALIDATION.validate(
                                        MARKET.rows(),
                                        MARKET.candidate(MARKET.everything()),
                                        learned))
                .hasMessageContaining("direction@2.0.0 has learned from outcomes until");
        NewModel elsewhere =
                new NewModel(
                        MARKET.model("m@1.0.0", MARKET.everything()),
                        null,
                        MARKET.rows().classFrequencies(),
                        Map.of(),
                        new Spans(new Span(-3, -2), new Span(-2, -1), new Span(0, 7)));
        assertThatThrownBy(() -> VALIDATION.validate(MARKET.rows(), elsewhere, null))
                .hasMessageContaining("outside the test span");
        NewModel twoClasses =
                new NewModel(
                        MARKET.model("m@1.0.0", MARKET.everything()),
                        null,
                        new double[] {.5, .5},
                        Map.of(),
                        MARKET.spans());
        assertThatThrownBy(() -> VALIDATION.validate(MARKET.rows(), twoClasses, null))
                .hasMessageContaining("2 class frequencies for 3 classes");
    }

    private static Answer answer(ValidationReport report, Rival rival) {
        return report.difference(Measure.LOG_LOSS, rival).orElseThrow().gain().answer();
    }
}
