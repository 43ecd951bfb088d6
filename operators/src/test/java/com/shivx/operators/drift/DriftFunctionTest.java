package com.shivx.operators.drift;

import static com.shivx.models.testing.MeasuredDirection.ROWS_PER_WINDOW;
import static com.shivx.models.testing.MeasuredDirection.WINDOW_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.live.DriftRules;
import com.shivx.drift.live.Verdict;
import com.shivx.features.testing.TestResources;
import com.shivx.models.Alarm;
import com.shivx.models.Role;
import com.shivx.models.drift.DriftCounts;
import com.shivx.models.drift.DriftPart;
import com.shivx.models.drift.DriftReport;
import com.shivx.models.drift.DriftWatch;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.drift.WatchedVersion;
import com.shivx.models.testing.MeasuredDirection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriftFunctionTest {

    private static final WatchedVersion CHAMPION =
            MeasuredDirection.watched("1.0.0", Role.CHAMPION);
    private static final WatchedDeployment FIRST = MeasuredDirection.deployment(1, CHAMPION);

    @Test
    void partsOfAWindowMakeOneReportWhenEventTimeHasPassedIt() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.announce(FIRST);
            harness.announce(FIRST);
            harness.count(0, 0, 300);
            harness.count(0, 300, 600);
            harness.watermark(0, -2);
            assertThat(harness.reports()).isEmpty();
            harness.watermark(0, -1);

            assertThat(harness.reports())
                    .singleElement()
                    .satisfies(
                            report -> {
                                assertThat(report.vectors()).isEqualTo(ROWS_PER_WINDOW);
                                assertThat(report.predictions()).isEqualTo(ROWS_PER_WINDOW);
                                assertThat(report.windowStartMicros()).isZero();
                                assertThat(report.windowEndMicros()).isEqualTo(WINDOW_MICROS);
                                assertThat(report.generation()).isEqualTo(1);
                                assertThat(report.columns()).hasSize(7);
                            });
        }
    }

    @Test
    void everyWindowHasAReportThoughNothingComes() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.announce(FIRST);
            harness.count(2, 0, 600);
            harness.count(5, 0, 600);
            harness.watermark(8, -1);

            assertThat(harness.reports())
                    .extracting(
                            report ->
                                    report.windowStartMicros() / WINDOW_MICROS
                                            + " "
                                            + report.vectors())
                    .containsExactly("2 600", "3 0", "4 0", "5 600", "6 0", "7 0", "8 0");
            assertThat(harness.reports().get(1).verdict()).isEqualTo(Verdict.INSUFFICIENT);
            assertThat(harness.numEventTimeTimers()).isOne();
        }
    }

    /** Event time that has not begun is no time to report from. */
    @Test
    void reportsBeginWithTheWindowThatAVersionIsDeployedIn() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.announce(FIRST);
            harness.watermark(100, -30_000);
            harness.watermark(101, -1);
            harness.announce(
                    MeasuredDirection.deployment(
                            2, CHAMPION, MeasuredDirection.watched("2.0.0", Role.CANARY)));
            harness.watermark(102, -1);

            assertThat(harness.reports())
                    .extracting(
                            report ->
                                    report.modelVersion()
                                            + " "
                                            + report.windowStartMicros() / WINDOW_MICROS
                                            + " "
                                            + report.generation())
                    .containsExactly("1.0.0 100 1", "1.0.0 101 1", "1.0.0 102 2", "2.0.0 102 2");
        }
    }

    @Test
    void aVersionThatIsSilentForLongIsReportedAgainWhenItHasRows() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.announce(FIRST);
            harness.count(0, 0, 10);
            harness.watermark(1_000, -1);
            assertThat(harness.reports()).hasSize(1 + DriftWatch.QUIET_WINDOWS);
            assertThat(harness.numEventTimeTimers()).isZero();
            harness.count(1_500, 0, 10);
            harness.count(1_502, 0, 10);
            harness.watermark(1_503, -1);

            assertThat(harness.reports())
                    .extracting(report -> report.windowStartMicros() / WINDOW_MICROS)
                    .endsWith(240L, 1_500L, 1_501L, 1_502L, 1_503L);
        }
    }

    @Test
    void theEndOfAllInputIsNoSilence() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.announce(FIRST);
            harness.count(3, 0, 10);
            harness.count(5, 0, 10);
            harness.processWatermark(Long.MAX_VALUE);

            assertThat(harness.reports())
                    .extracting(report -> report.windowStartMicros() / WINDOW_MICROS)
                    .containsExactly(3L, 4L, 5L);
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void partsOfAWindowThatWasReportedChangeNothing() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.announce(FIRST);
            harness.count(0, 0, 600);
            harness.watermark(0, -1);
            harness.count(0, 0, 600);
            harness.watermark(1, -1);

            assertThat(harness.reports())
                    .extracting(DriftReport::vectors)
                    .containsExactly((long) ROWS_PER_WINDOW, 0L);
        }
    }

    @Test
    void aVersionWithoutAReferenceIsToldOfOnce() throws Exception {
        WatchedVersion unwatched =
                WatchedVersion.unwatched("3.0.0", Role.SHADOW, "there is no reference.json");
        try (Harness harness = new Harness()) {
            harness.open();
            harness.announce(MeasuredDirection.deployment(1, CHAMPION, unwatched));
            harness.announce(MeasuredDirection.deployment(2, CHAMPION, unwatched));
            harness.watermark(3, 0);
            harness.watermark(4, -1);

            assertThat(harness.reports())
                    .filteredOn(report -> report.modelVersion().equals("3.0.0"))
                    .singleElement()
                    .satisfies(
                            report -> {
                                assertThat(report.verdict()).isEqualTo(Verdict.INSUFFICIENT);
                                assertThat(report.reason()).isEqualTo("there is no reference.json");
                                assertThat(report.windowEndMicros()).isZero();
                                assertThat(report.columns()).isEmpty();
                            });
        }
    }

    @Test
    void aVersionThatIsNotDeployedAnyMoreIsForgottenWithItsLastWindowAndItsAlarmsAreCleared()
            throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.announce(FIRST);
            for (int window = 0; window < 3; window++) {
                harness.count(window, 0, 600, 3);
            }
            harness.watermark(2, -1);
            harness.count(3, 0, 10);
            harness.announce(
                    MeasuredDirection.deployment(
                            2, MeasuredDirection.watched("2.0.0", Role.CHAMPION)));
            harness.watermark(6, -1);

            assertThat(harness.alarms())
                    .extracting(alarm -> alarm.alarmId() + " " + alarm.raised())
                    .containsExactly("DRIFT~direction~1.0.0 true", "DRIFT~direction~1.0.0 false");
            assertThat(harness.alarms().get(0).sinceMicros()).isZero();
            assertThat(harness.reports())
                    .filteredOn(report -> report.modelVersion().equals("1.0.0"))
                    .extracting(report -> report.windowStartMicros() / WINDOW_MICROS)
                    .containsExactly(0L, 1L, 2L, 3L);
            harness.announce(MeasuredDirection.deployment(3));
            assertThat(harness.numEventTimeTimers())
                    .as("the end of the last window of 2.0.0")
                    .isOne();
            harness.watermark(9, -1);
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.numKeyedStateEntries()).as("the generation is left").isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void restoresBetweenAnyTwoPartsWithTheSameReports(boolean onDisk) throws Exception {
        List<DriftReport> whole = new ArrayList<>();
        try (Harness harness = new Harness()) {
            harness.open();
            for (int step = 0; step < 12; step++) {
                step(harness, step);
            }
            whole.addAll(harness.reports());
        }
        List<DriftReport> cut = new ArrayList<>();
        OperatorSubtaskState snapshot = null;
        for (int step = 0; step < 12; step++) {
            try (Harness harness = new Harness()) {
                if (onDisk) {
                    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
                }
                if (snapshot != null) {
                    harness.initializeState(snapshot);
                }
                harness.open();
                step(harness, step);
                cut.addAll(harness.reports());
                snapshot = harness.snapshot(step, step);
            }
        }

        assertThat(whole).hasSize(6);
        assertThat(whole.get(5).verdict()).isEqualTo(Verdict.ALERT);
        assertThat(cut).isEqualTo(whole);
    }

    /**
     * A state that an earlier release wrote goes on as if never interrupted. Files are added for
     * releases that change what is written, and never replaced: {@code -Dshivx.write-state=true}
     * writes those that are missing.
     */
    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void goesOnFromTheStateOfARelease(String release) throws Exception {
        String file = TestResources.file("drift-" + release + ".state").toString();
        if (Boolean.getBoolean("shivx.write-state") && !Files.exists(Path.of(file))) {
            try (Harness writer = new Harness()) {
                writer.open();
                writer.announce(FIRST);
                writer.count(0, 0, 600, 3);
                writer.count(1, 0, 600, 3);
                writer.watermark(1, -1);
                writer.count(2, 0, 250, 3);
                OperatorSnapshotUtil.writeStateHandle(writer.snapshot(1, 1), file);
            }
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
            harness.count(2, 250, 600, 3);
            harness.watermark(2, -1);

            assertThat(harness.reports())
                    .singleElement()
                    .satisfies(
                            report -> {
                                assertThat(report.vectors()).isEqualTo(ROWS_PER_WINDOW);
                                assertThat(report.generation()).isEqualTo(1);
                                assertThat(report.verdict()).isEqualTo(Verdict.ALERT);
                            });
            assertThat(harness.alarms())
                    .singleElement()
                    .satisfies(alarm -> assertThat(alarm.sinceMicros()).isZero());
        }
    }

    /**
     * Windows of one phase are those that do not overlap, of rows that came earlier by as much as
     * they begin later.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void windowsThatOverlapAreThoseThatDoNotOfRowsMovedInTime(int overlap) throws Exception {
        int windows = 8;
        int pane = ROWS_PER_WINDOW / overlap;
        List<DriftReport> expected = new ArrayList<>();
        for (int phase = 0; phase < overlap; phase++) {
            long moved = phase * WINDOW_MICROS / overlap;
            try (Harness harness = new Harness()) {
                harness.open();
                harness.announce(FIRST);
                harness.countRows(phase * pane, windows * ROWS_PER_WINDOW, -moved);
                harness.watermark(windows - 2, -1);
                harness.reports()
                        .forEach(report -> expected.add(MeasuredDirection.moved(report, moved)));
            }
        }
        expected.sort(Comparator.comparingLong(DriftReport::windowStartMicros));

        List<DriftReport> reports = new ArrayList<>();
        OperatorSubtaskState snapshot = null;
        for (int from = 0; from < windows * ROWS_PER_WINDOW; from += 250) {
            try (Harness harness = new Harness(overlap)) {
                if (snapshot != null) {
                    harness.initializeState(snapshot);
                }
                harness.open();
                harness.announce(FIRST);
                int to = Math.min(windows * ROWS_PER_WINDOW, from + 250);
                harness.countRows(from, to, 0);
                harness.processWatermark(to * MeasuredDirection.ROW_MICROS / 1_000 - 1);
                reports.addAll(harness.reports());
                snapshot = harness.snapshot(from, from);
            }
        }

        assertThat(reports)
                .filteredOn(report -> report.windowEndMicros() < windows * WINDOW_MICROS)
                .hasSize((windows - 1) * overlap)
                .isEqualTo(expected);
        assertThat(expected.get(expected.size() - 1).verdict()).isEqualTo(Verdict.ALERT);
    }

    /** The panes of before are as long as their windows were; nothing is told twice. */
    @ParameterizedTest
    @CsvSource({"1, 4", "4, 1", "2, 3"})
    void goesOnWhereWindowsOverlapOtherwiseThanBefore(int before, int after) throws Exception {
        OperatorSubtaskState snapshot;
        List<DriftReport> reports = new ArrayList<>();
        try (Harness harness = new Harness(before)) {
            harness.open();
            harness.announce(FIRST);
            harness.countRows(0, 4 * ROWS_PER_WINDOW + 200, 0);
            harness.watermark(3, 0);
            reports.addAll(harness.reports());
            snapshot = harness.snapshot(1, 1);
        }
        try (Harness harness = new Harness(after)) {
            harness.initializeState(snapshot);
            harness.open();
            harness.countRows(4 * ROWS_PER_WINDOW + 200, 7 * ROWS_PER_WINDOW, 0);
            harness.watermark(6, -1);
            reports.addAll(harness.reports());
        }

        assertThat(reports)
                .extracting(DriftReport::windowStartMicros)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(reports)
                .filteredOn(report -> report.windowStartMicros() % WINDOW_MICROS == 0)
                .extracting(
                        report ->
                                report.windowStartMicros() / WINDOW_MICROS + " " + report.vectors())
                .containsExactly("0 600", "1 600", "2 600", "3 600", "4 600", "5 600", "6 600");
        assertThat(reports)
                .filteredOn(report -> report.windowStartMicros() >= 5 * WINDOW_MICROS)
                .as("as many as begin and end there")
                .hasSize(after + 1)
                .allMatch(report -> report.vectors() == ROWS_PER_WINDOW);
    }

    /** Event time is not known again before something comes; what was told is. */
    @Test
    void rowsOfAWindowToldBeforeARestartAreLateAfterIt() throws Exception {
        OperatorSubtaskState snapshot;
        try (Harness harness = new Harness()) {
            harness.open();
            harness.announce(FIRST);
            harness.count(0, 0, 600);
            harness.watermark(0, -1);
            snapshot = harness.snapshot(1, 1);
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(snapshot);
            harness.open();
            harness.count(0, 0, 600);
            harness.count(1, 0, 10);
            harness.watermark(1, -1);

            assertThat(harness.reports())
                    .extracting(report -> report.windowStartMicros() + " " + report.vectors())
                    .containsExactly(WINDOW_MICROS + " 10");
        }
    }

    /** One that counts hears of a deployment after another, and has counted for longer. */
    @Test
    void theLastWindowOfAVersionHasThePartsThatComeAfterItWasTakenBack() throws Exception {
        try (Harness harness = new Harness()) {
            harness.open();
            harness.announce(FIRST);
            harness.count(0, 0, 600);
            harness.watermark(0, -1);
            harness.announce(MeasuredDirection.deployment(2));
            harness.count(1, 0, 10);
            harness.watermark(1, -1);
            harness.count(2, 0, 10);
            harness.watermark(2, -1);

            assertThat(harness.reports())
                    .extracting(DriftReport::vectors)
                    .containsExactly(600L, 10L);
            assertThat(harness.numKeyedStateEntries()).as("the generation is left").isOne();
        }
    }

    /** Two parts a window, then event time passes it. */
    private static void step(Harness harness, int step) throws Exception {
        if (step == 0) {
            harness.announce(FIRST);
        }
        int window = step / 2;
        if (step % 2 == 0) {
            harness.count(window, 0, 250, window);
        } else {
            harness.count(window, 250, 600, window);
            harness.watermark(window, -1);
        }
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, DriftPart, DriftReport> {

        private final DriftCounts counts;

        Harness() throws Exception {
            this(1);
        }

        Harness(int overlap) throws Exception {
            super(
                    new KeyedProcessOperator<>(new DriftFunction(DriftRules.SHIPPED, overlap, 0)),
                    DriftPart::model,
                    Types.STRING);
            counts = new DriftCounts(overlap);
            counts.watch(FIRST);
        }

        void announce(WatchedDeployment deployment) throws Exception {
            processElement(DriftPart.announcing(deployment), 0);
        }

        void count(int window, int from, int to) throws Exception {
            count(window, from, to, 0);
        }

        /** Sends a part of a window's rows, the first feature shifted by so many sd. */
        void count(int window, int from, int to, double shift) throws Exception {
            for (int i = from; i < to; i++) {
                long row = (long) window * ROWS_PER_WINDOW + i;
                counts.count(MeasuredDirection.vector(row, shift), Long.MIN_VALUE);
                counts.count(
                        MeasuredDirection.prediction(row, "1.0.0", Role.CHAMPION), Long.MIN_VALUE);
            }
            for (DriftPart part : counts.takeAll()) {
                processElement(part, 0);
            }
        }

        /**
         * Sends what one subtask has counted of rows, one part a pane; from the fourth window on
         * the first feature is another.
         */
        void countRows(int from, int to, long moveMicros) throws Exception {
            for (int row = from; row < to; row++) {
                double shift = row < 3 * ROWS_PER_WINDOW ? 0 : 3;
                counts.count(
                        MeasuredDirection.moved(MeasuredDirection.vector(row, shift), moveMicros),
                        Long.MIN_VALUE);
                counts.count(
                        MeasuredDirection.moved(
                                MeasuredDirection.prediction(row, "1.0.0", Role.CHAMPION),
                                moveMicros),
                        Long.MIN_VALUE);
            }
            for (DriftPart part : counts.takeAll()) {
                processElement(part, 0);
            }
        }

        /** Event time comes so many milliseconds past a window's end. */
        void watermark(int window, long millis) throws Exception {
            processWatermark((window + 1) * (WINDOW_MICROS / 1_000) + millis);
        }

        List<DriftReport> reports() {
            return extractOutputValues();
        }

        List<Alarm> alarms() {
            @Nullable Queue<StreamRecord<Alarm>> alarms = getSideOutput(DriftFunction.ALARMS);
            return alarms == null
                    ? List.of()
                    : alarms.stream().map(StreamRecord::getValue).toList();
        }
    }
}
