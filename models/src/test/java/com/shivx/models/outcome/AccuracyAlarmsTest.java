package com.shivx.models.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.models.Alarm;
import com.shivx.models.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccuracyAlarmsTest {

    private static final long MINUTE = 60_000_000;
    private static final long HORIZON = 5_000_000;
    private static final AccuracyKey KEY =
            new AccuracyKey("direction", "2.1.0", Role.CHAMPION, HORIZON);
    private static final ValidatedVersion VALIDATED = new ValidatedVersion("2.1.0", 0.45, HORIZON);

    private final AccuracyAlarmState state = new AccuracyAlarmState();

    /** Of 1,000 outcomes in the span, so many were right; 95 % is about 3 points. */
    @ParameterizedTest
    @CsvSource({
        "450, 0.45, NaN, false",
        // Within the tolerance, and what chance allows.
        "405, 0.45, NaN, false",
        "390, 0.45, NaN, true",
        "270, 0.45, NaN, true",
        // The model's own threshold.
        "450, NaN,  0.75, true",
        "450, 0.45, 0.75, true",
        "760, 0.45, 0.75, false",
        // Nobody knows what it should be.
        "270, NaN,  NaN, false"
    })
    void accuracyIsOutOfBoundsWhenItsWholeIntervalIs(
            int right, double validated, double least, boolean raised) {
        AccuracyAlarms alarms = alarms(least, Duration.ZERO);
        List<Alarm> told =
                alarms.onRow(
                        row(0, right, 1_000, 0),
                        7,
                        new ValidatedVersion("2.1.0", validated, HORIZON),
                        state);

        assertThat(told).hasSize(raised ? 1 : 0);
        if (raised) {
            Alarm alarm = told.get(0);
            assertThat(alarm.kind()).isEqualTo(Alarm.Kind.ACCURACY);
            assertThat(alarm.alarmId()).isEqualTo("ACCURACY~direction@2.1.0~CHAMPION~5000000");
            assertThat(alarm.generation()).isEqualTo(7);
            assertThat(alarm.evidence())
                    .containsEntry("accuracy", right / 1_000.0)
                    .containsEntry("outcomes", 1_000.0)
                    .containsKeys("lower", "upper", "validated", "least");
        }
    }

    @Test
    void aFigureOfAnotherHorizonSaysNothing() {
        ValidatedVersion other = new ValidatedVersion("2.1.0", 0.45, 2 * HORIZON);

        assertThat(alarms(Double.NaN, Duration.ZERO).onRow(row(0, 100, 1_000, 0), 1, other, state))
                .isEmpty();
    }

    @Test
    void theLatestWindowsAreJudgedTogetherAndEachTroubleIsToldOnce() {
        AccuracyAlarms alarms = alarms(Double.NaN, Duration.ofMinutes(20));
        List<String> told = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            // From the 10th minute on it is worse, from the 25th on it is cured, from the 40th on
            // worse.
            boolean isWorse = (minute >= 10 && minute < 25) || minute >= 40;
            for (Alarm alarm :
                    alarms.onRow(row(minute, isWorse ? 27 : 45, 100, 0), 1, VALIDATED, state)) {
                told.add(minute + " " + alarm.raised() + " " + alarm.sinceMicros() / MINUTE);
            }
        }

        assertThat(told).hasSize(3);
        assertThat(told.get(0)).matches("1[1-9] true [3-9]");
        assertThat(told.get(1)).contains(" false ");
        assertThat(told.get(2)).matches("4\\d true 3\\d");
        assertThat(state.windows).as("no more than the span").hasSize(10);
    }

    @Test
    void aChangeOfTheMeanErrorIsEvidence() {
        AccuracyAlarms alarms = alarms(Double.NaN, Duration.ZERO);
        List<Alarm> told = new ArrayList<>();
        for (int minute = 0; minute < 400; minute++) {
            int right = minute < 200 ? 450 : 100;
            told.addAll(alarms.onRow(row(minute, right, 1_000, 0), 1, VALIDATED, state));
        }
        assertThat(told).as("raised at once, before ADWIN is sure").hasSize(1);
        assertThat(state.errorChangedMicros / MINUTE).isBetween(200L, 300L);

        for (int minute = 400; minute < 420; minute++) {
            told.addAll(alarms.onRow(row(minute, 450, 1_000, 0), 1, VALIDATED, state));
        }
        assertThat(told).hasSize(2);
        assertThat(told.get(1).evidence())
                .containsEntry("error_changed_micros", (double) state.errorChangedMicros)
                .containsKey("mean_error");
    }

    @Test
    void tooFewKnownOutcomesAreTooLittleCoverage() {
        AccuracyAlarms alarms = alarms(Double.NaN, Duration.ZERO);

        assertThat(alarms.onRow(row(0, 4, 9, 90), 1, VALIDATED, state)).as("too few").isEmpty();
        List<Alarm> raised = alarms.onRow(row(1, 4, 9, 90), 1, VALIDATED, state);
        assertThat(raised)
                .singleElement()
                .satisfies(
                        alarm -> {
                            assertThat(alarm.kind()).isEqualTo(Alarm.Kind.COVERAGE);
                            assertThat(alarm.evidence()).containsEntry("coverage", 18 / 198.0);
                        });
        assertThat(alarms.onRow(row(2, 950, 2_000, 0), 1, VALIDATED, state))
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.raised()).isFalse());
    }

    @Test
    void whatIsRaisedIsClearedWhenTheVersionIsNotDeployedAnyMore() {
        AccuracyAlarms alarms = alarms(Double.NaN, Duration.ZERO);
        assertThat(alarms.onWithdrawn(2, state)).isEmpty();
        alarms.onRow(row(0, 100, 1_000, 9_000), 1, VALIDATED, state);

        assertThat(alarms.onWithdrawn(2, state))
                .extracting(alarm -> alarm.kind() + " " + alarm.raised() + " " + alarm.generation())
                .containsExactly("ACCURACY false 2", "COVERAGE false 2");
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0.5, 30", "0.1, 1.5, 30", "0.1, 0.5, 0"})
    void refusesRulesThatCannotBe(double tolerance, double least, long minutes) {
        assertThatThrownBy(
                        () ->
                                AccuracyAlarmRules.of(
                                        Duration.ofMinutes(minutes),
                                        tolerance,
                                        least,
                                        Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AccuracyAlarms alarms(double least, Duration cooldown) {
        return new AccuracyAlarms(
                AccuracyAlarmRules.of(Duration.ofMinutes(10), 0.02, least, cooldown));
    }

    private static AccuracyRow row(int minute, int right, int known, int missing) {
        AccuracyCounts counts = new AccuracyCounts();
        for (int i = 0; i < known; i++) {
            counts.add(0, i < right ? 0 : 1, 3, true);
        }
        for (int i = 0; i < missing; i++) {
            counts.addMissing();
        }
        return new AccuracyRow(KEY, minute * MINUTE, (minute + 1) * MINUTE, counts, List.of());
    }
}
