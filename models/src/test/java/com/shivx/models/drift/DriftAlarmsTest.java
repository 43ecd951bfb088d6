package com.shivx.models.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.drift.live.ColumnReport;
import com.shivx.drift.live.EstimatedAccuracy;
import com.shivx.drift.live.Verdict;
import com.shivx.drift.live.Watching;
import com.shivx.drift.reference.Psi;
import com.shivx.models.Alarm;
import com.shivx.models.Role;
import com.shivx.models.artifact.ReferenceColumns;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftAlarmsTest {

    private static final long WINDOW = 60_000_000;
    private static final int BEYOND = 3;

    private final VersionDrift state = new VersionDrift();

    /**
     * Q is a quiet window, D one beyond the threshold, N one that could not be judged; R and C are
     * what is told in it: raised and cleared.
     */
    @ParameterizedTest
    @CsvSource({
        "DDD,            ..R",
        "DDDDDD,         ..R...",
        "DQDQD,          ....R",
        "DDDQQQ,         ..R..C",
        "DDDNNNN,        ..R....",
        "DDNNND,         .....R",
        "DDDQQQDDD,      ..R..C...",
        "DDDQQQDDDDDDDD, ..R..C......R.",
        "QQQQ,           ...."
    })
    void driftIsToldOnceAndClearedOnceAndNotAgainBeforeItsCooldown(String windows, String told) {
        DriftAlarms alarms = new DriftAlarms(BEYOND, 10 * WINDOW);
        StringBuilder actual = new StringBuilder();
        Memory memory = new Memory();
        for (int i = 0; i < windows.length(); i++) {
            List<Alarm> now = told(alarms, report(i, memory.column(windows.charAt(i))));
            assertThat(now).hasSizeLessThan(2);
            actual.append(now.isEmpty() ? '.' : now.get(0).raised() ? 'R' : 'C');
            now.forEach(
                    alarm -> {
                        assertThat(alarm.kind()).isEqualTo(Alarm.Kind.DRIFT);
                        assertThat(alarm.alarmId()).isEqualTo("DRIFT~direction~2.1.0");
                    });
        }
        assertThat(actual).hasToString(told);
    }

    /**
     * Windows of two phases in turn, each remembered apart: the alarm stands while one of them has
     * a column that drifted.
     */
    @ParameterizedTest
    @CsvSource({
        "DDDDDD,           ....R.",
        "DQDQDQ,           ....R.",
        "QDQDQDQQ,         .....R..",
        "DDDQQDDDD,        ......R..",
        "DDDDDDQQQQQQ,     ....R......C",
        "DDDDDDQDQDQD,     ....R.......",
        "DQDQDQNQNQNQ,     ....R......."
    })
    void driftOfWindowsThatOverlapIsToldOnceAndClearedWhenNoPhaseHasIt(
            String windows, String told) {
        DriftAlarms alarms = new DriftAlarms(BEYOND, 0);
        StringBuilder actual = new StringBuilder();
        Memory[] memories = {new Memory(), new Memory()};
        DriftWindows sliding = new DriftWindows(WINDOW, 2);
        for (int i = 0; i < windows.length(); i++) {
            long start = i * WINDOW / 2;
            List<ColumnReport> columns = memories[i % 2].column(windows.charAt(i));
            List<Alarm> now =
                    alarms.onReport(
                            reportAt(start, Verdict.INSUFFICIENT, columns),
                            state.phase(sliding, start),
                            state);
            actual.append(now.isEmpty() ? '.' : now.get(0).raised() ? 'R' : 'C');
        }
        assertThat(actual).hasToString(told);
    }

    /** Of as many phases as there were: only the first is of the same windows. */
    @Test
    void whatAnotherOverlapRemembersOfItsFirstPhaseIsKept() {
        state.phase(new DriftWindows(WINDOW, 2), 0).drifted = true;
        state.phase(new DriftWindows(WINDOW, 2), WINDOW / 2).beyond.put("x", new long[] {1});

        assertThat(state.phase(new DriftWindows(WINDOW, 3), WINDOW / 3).beyond).isEmpty();
        assertThat(state.isDrifted()).isTrue();
        assertThat(state.phase(new DriftWindows(WINDOW, 1), WINDOW).drifted).isTrue();
        assertThat(state.phases).hasSize(1);
    }

    @Test
    void itsEvidenceIsThatOfTheColumnsAndItBeginsWithTheFirstWindowBeyond() {
        DriftAlarms alarms = new DriftAlarms(BEYOND, 0);
        Memory memory = new Memory();
        List<Alarm> raised = new ArrayList<>();
        String windows = "DQQQQQDDQD";
        for (int i = 0; i < windows.length(); i++) {
            raised.addAll(told(alarms, report(i, memory.column(windows.charAt(i)))));
        }

        assertThat(raised).hasSize(1);
        Alarm alarm = raised.get(0);
        assertThat(alarm.sinceMicros()).as("of the three, not of long ago").isEqualTo(6 * WINDOW);
        assertThat(alarm.generation()).isEqualTo(8);
        assertThat(alarm.reason())
                .isEqualTo(
                        "spread_bps beyond its threshold in 3 of the last 5 windows: D 0.310, threshold 0.120");
        assertThat(alarm.evidence())
                .containsEntry("ks", 0.31)
                .containsEntry("threshold", 0.12)
                .containsEntry("columns", 1.0)
                .containsEntry(Alarm.DRIFTED_ANSWERS, 0.0)
                .containsEntry("windows_beyond", 3.0)
                .containsKey("drift_score.spread_bps");
    }

    @ParameterizedTest
    @CsvSource({
        "OK OK ALERT ALERT OK,          ..R.C",
        "ALERT INSUFFICIENT ALERT OK,   R..C",
        "ALERT OK ALERT OK ALERT ALERT, RC...R",
        "INSUFFICIENT,                  ."
    })
    void anEstimateOutOfBoundsIsToldUntilOneIsWithin(String verdicts, String told) {
        DriftAlarms alarms = new DriftAlarms(BEYOND, 5 * WINDOW);
        StringBuilder actual = new StringBuilder();
        List<Alarm> all = new ArrayList<>();
        String[] windows = verdicts.split(" ");
        for (int i = 0; i < windows.length; i++) {
            List<Alarm> now = told(alarms, report(i, Verdict.valueOf(windows[i]), List.of()));
            actual.append(now.isEmpty() ? '.' : now.get(0).raised() ? 'R' : 'C');
            all.addAll(now);
        }
        assertThat(actual).hasToString(told);
        assertThat(all).allMatch(alarm -> alarm.kind() == Alarm.Kind.ESTIMATED_ACCURACY);
        if (!all.isEmpty()) {
            assertThat(all.get(0).evidence())
                    .containsEntry("estimated_accuracy", 0.41)
                    .containsEntry("lower", 0.43)
                    .containsEntry("upper", 0.46)
                    .containsEntry("rows", 700.0);
        }
    }

    @Test
    void whatIsRaisedIsClearedWhenTheVersionIsNotDeployedAnyMore() {
        DriftAlarms alarms = new DriftAlarms(BEYOND, 0);
        Memory memory = new Memory();
        for (int i = 0; i < 3; i++) {
            told(alarms, report(i, memory.column('D')));
        }

        List<Alarm> cleared = alarms.onWithdrawn("direction", "2.1.0", 9, state);

        assertThat(cleared).hasSize(1);
        assertThat(cleared.get(0).raised()).isFalse();
        assertThat(cleared.get(0).alarmId()).isEqualTo("DRIFT~direction~2.1.0");
        assertThat(alarms.onWithdrawn("direction", "2.1.0", 9, state)).isEmpty();
    }

    /** A rollout goes back for them, and not for features. */
    @Test
    void saysHowManyOfTheColumnsAreWhatTheVersionAnswers() {
        DriftAlarms alarms = new DriftAlarms(BEYOND, 0);
        Memory memory = new Memory();
        List<Alarm> raised = new ArrayList<>();
        for (int i = 0; i < BEYOND; i++) {
            raised.addAll(
                    told(
                            alarms,
                            report(i, memory.column('D', ReferenceColumns.probability("UP")))));
        }

        assertThat(raised).singleElement().matches(Alarm::isDriftOfAnswers);
    }

    @Test
    void aCooldownIsNoLessThanNothing() {
        assertThatThrownBy(() -> new DriftAlarms(BEYOND, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    private List<Alarm> told(DriftAlarms alarms, DriftReport report) {
        return alarms.onReport(
                report,
                state.phase(new DriftWindows(WINDOW, 1), report.windowStartMicros()),
                state);
    }

    /** As the judge remembers a column over five judged windows. */
    private static final class Memory {

        private String judged = "";

        List<ColumnReport> column(char window) {
            return column(window, "spread_bps");
        }

        List<ColumnReport> column(char window, String name) {
            if (window != 'N') {
                judged += window;
                judged = judged.substring(Math.max(0, judged.length() - 5));
            }
            int times = judged.replace("Q", "").length();
            Verdict verdict =
                    switch (window) {
                        case 'N' -> Verdict.INSUFFICIENT;
                        case 'D' -> times >= BEYOND ? Verdict.ALERT : Verdict.WARN;
                        default -> times >= BEYOND ? Verdict.ALERT : Verdict.OK;
                    };
            double ks = window == 'D' ? 0.31 : 0.05;
            return List.of(
                    new ColumnReport(
                            name,
                            Watching.DISTRIBUTION,
                            verdict,
                            600,
                            60,
                            0,
                            0,
                            0,
                            0,
                            ks,
                            0.12,
                            ks / 0.12 * 0.25,
                            0.1,
                            0.3,
                            0.28,
                            Psi.Level.SIGNIFICANT,
                            times,
                            judged.length()));
        }
    }

    private static DriftReport report(int window, List<ColumnReport> columns) {
        return report(window, Verdict.INSUFFICIENT, columns);
    }

    private static DriftReport report(int window, Verdict estimate, List<ColumnReport> columns) {
        return reportAt(window * WINDOW, estimate, columns);
    }

    private static DriftReport reportAt(
            long startMicros, Verdict estimate, List<ColumnReport> columns) {
        return new DriftReport(
                "direction",
                "2.1.0",
                Role.CHAMPION,
                8,
                startMicros,
                startMicros + WINDOW,
                Verdict.OK,
                null,
                600,
                700,
                1,
                0,
                0,
                columns,
                new EstimatedAccuracy(estimate, 0.41, 0.43, 0.46, 700));
    }
}
