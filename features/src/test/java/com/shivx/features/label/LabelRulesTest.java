package com.shivx.features.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelRulesTest {

    private static final long NOON = 1_723_161_600_000_000L;
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;

    /** 0.43 · 0.0001 · √60 = 0.000333. */
    private final Mark entry = new Mark(NOON, NOON, 100, 99.99, 100.01, 1e-4);

    @ParameterizedTest
    @CsvSource({
        "100.00, FLAT",
        "100.033, FLAT",
        "100.034, UP",
        "99.967, FLAT",
        "99.966, DOWN",
    })
    void aReturnBeyondTheThresholdHasADirection(double exitPrice, Direction direction) {
        Label label = label(LabelRules.DEFAULT, exit(exitPrice, NOON + MINUTE), MINUTE);

        assertThat(label.direction()).isEqualTo(direction);
        assertThat(label.logReturn()).isCloseTo(Math.log(exitPrice / 100), within(1e-15));
        assertThat(label.threshold()).isCloseTo(0.43e-4 * Math.sqrt(60), within(1e-15));
    }

    @Test
    void costIsBothHalfSpreadsAndBothFees() {
        LabelRules cost = new LabelRules(Threshold.COST, 1, Duration.ofHours(1));

        Label label = label(cost, exit(100, NOON + MINUTE), MINUTE);

        // 1 bp at entry, 2 bps at exit, 2 bps of fees.
        assertThat(label.threshold()).isCloseTo(5e-4, within(1e-15));
    }

    @Test
    void aRoundTripCrossesBothSpreadsAndPaysBothFees() {
        LabelRules rules = new LabelRules(Threshold.VOL, 0.5, Duration.ofHours(1));

        Label label = label(rules, exit(101, NOON + MINUTE), MINUTE);

        // Bought at 100.01 and sold at 100.98; sold at 99.99 and bought back at 101.02.
        assertThat(label.buyBps()).isCloseTo((100.98 / 100.01 - 1) * 1e4 - 1, within(1e-9));
        assertThat(label.sellBps()).isCloseTo((99.99 - 101.02) / 99.99 * 1e4 - 1, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        // horizon, age of the exit's price at the horizon's end, whether it is known; in seconds
        "60, 60, true",
        "60, 60.000001, false",
        "1, 10, true",
        "1, 10.000001, false",
    })
    void aPriceMayBeAsOldAsTheHorizonOrTenSeconds(double horizon, double age, boolean known) {
        long horizonMicros = Math.round(horizon * SECOND);
        long due = NOON + horizonMicros;

        Label label =
                label(
                        LabelRules.DEFAULT,
                        new Mark(due, due - Math.round(age * SECOND), 100, 99.99, 100.01, 1e-4),
                        horizonMicros);

        assertThat(label.isMissing()).isEqualTo(!known);
    }

    @Test
    void theDecidingTickMayComeAnHourLateAndNoLater() {
        Mark exit = exit(100, NOON + MINUTE);
        long latest = LabelRules.DEFAULT.givenUpMicros(NOON, MINUTE);

        assertThat(latest).isEqualTo(NOON + MINUTE + TimeUnit.HOURS.toMicros(1));
        assertThat(LabelRules.DEFAULT.label(entry, NOON, MINUTE, exit, latest).isMissing())
                .isFalse();
        assertThat(LabelRules.DEFAULT.label(entry, NOON, MINUTE, exit, latest + 1))
                .isEqualTo(Label.MISSING);
    }

    @Test
    void withoutAVolatilityThereIsNoThreshold() {
        Mark first = new Mark(NOON, NOON, 100, 99.99, 100.01, Double.NaN);

        assertThat(
                        LabelRules.DEFAULT
                                .label(first, NOON, MINUTE, exit(100, NOON + MINUTE), NOON + MINUTE)
                                .isMissing())
                .isTrue();
    }

    @Test
    void refusesRulesThatMeanNothing() {
        assertThatThrownBy(() -> new LabelRules(Threshold.VOL, -1, Duration.ZERO))
                .hasMessageContaining("0 to 10000, not -1.0");
        assertThatThrownBy(() -> new LabelRules(Threshold.VOL, Double.NaN, Duration.ZERO))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new LabelRules(Threshold.VOL, 0, Duration.ofSeconds(-1)))
                .hasMessageContaining("PT-1S");
    }

    private Label label(LabelRules rules, Mark exit, long horizonMicros) {
        return rules.label(entry, NOON, horizonMicros, exit, NOON + horizonMicros + 1);
    }

    /** Twice the spread of the entry. */
    private static Mark exit(double price, long micros) {
        return new Mark(micros, micros, price, price - 0.02, price + 0.02, 2e-4);
    }
}
