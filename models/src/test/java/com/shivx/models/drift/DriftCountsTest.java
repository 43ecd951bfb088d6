package com.shivx.models.drift;

import static com.shivx.models.testing.MeasuredDirection.ROWS_PER_WINDOW;
import static com.shivx.models.testing.MeasuredDirection.WINDOW_MICROS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.drift.live.DriftRules;
import com.shivx.drift.live.Verdict;
import com.shivx.features.FeatureVector;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.testing.DirectionModels;
import com.shivx.models.testing.MeasuredDirection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is counted of vectors and predictions, and what a window of them is called. */
class DriftCountsTest {

    private static final String VERSION = "1.0.0";
    private static final long NOTHING_CLOSED = Long.MIN_VALUE;

    private final DriftCounts counts = new DriftCounts(1);

    @Test
    void quietRowsAreOkAndAShiftOfAFeatureIsFoundWithinItsWindows() throws Exception {
        watch(1, VERSION);
        List<DriftReport> reports = new ArrayList<>();
        VersionDrift state = deployed();
        DriftWatch watch = new DriftWatch(DriftRules.SHIPPED, 0);
        List<String> alarms = new ArrayList<>();
        for (int window = 0; window < 8; window++) {
            count(window, window < 3 ? 0 : 2);
            DriftPart part = counts.takeAll().get(0);
            DriftWatch.Told told = watch.judge(reference(), part, state);
            reports.addAll(told.reports());
            told.alarms().forEach(alarm -> alarms.add(alarm.kind() + " " + alarm.raised()));
        }

        assertThat(reports)
                .extracting(DriftReport::verdict)
                .endsWith(Verdict.WARN, Verdict.WARN, Verdict.ALERT, Verdict.ALERT, Verdict.ALERT);
        assertThat(reports.subList(0, 3))
                .extracting(DriftReport::verdict)
                .as("chance beyond a threshold is no alert")
                .isSubsetOf(Verdict.OK, Verdict.WARN);
        assertThat(alarms).containsExactly("DRIFT true");
        DriftReport last = reports.get(7);
        assertThat(last.vectors()).isEqualTo(ROWS_PER_WINDOW);
        assertThat(last.predictions()).isEqualTo(ROWS_PER_WINDOW);
        assertThat(last.symbolCoverage()).isEqualTo(1);
        assertThat(last.driftScore()).isGreaterThan(0.25);
        assertThat(last.estimatedAccuracy().verdict()).isEqualTo(Verdict.OK);
        assertThat(last.estimatedAccuracy().rows()).isEqualTo(ROWS_PER_WINDOW);
        assertThat(last.columns())
                .extracting(column -> column.name())
                .containsExactly(
                        "log_return_1s",
                        "log_return_10s",
                        "log_return_60s",
                        "probability:DOWN",
                        "probability:FLAT",
                        "probability:UP",
                        "prediction");
        assertThat(last.columns())
                .as("the others go on as they were")
                .filteredOn(column -> column.verdict() != Verdict.OK)
                .extracting(column -> column.name())
                .contains("log_return_1s")
                .doesNotContain("probability:DOWN", "prediction");
    }

    @Test
    void partsOfRowsAddUpToTheSameReport() throws Exception {
        watch(1, VERSION);
        count(5, 1);
        DriftPart whole = counts.takeAll().get(0);
        List<DriftPart> parts = new ArrayList<>();
        for (int row = 0; row < ROWS_PER_WINDOW; row++) {
            counts.count(vector(5, row, 1), NOTHING_CLOSED);
            counts.count(prediction(5, row), NOTHING_CLOSED);
            if (row % 97 == 0) {
                parts.addAll(counts.takeAll());
            }
        }
        parts.addAll(counts.takeAll());
        DriftPart sum =
                DriftPart.empty(whole.model(), VERSION, 5 * WINDOW_MICROS, 6 * WINDOW_MICROS);
        for (int i = parts.size() - 1; i >= 0; i--) {
            sum.add(parts.get(i));
        }

        assertThat(parts).hasSizeGreaterThan(5);
        assertThat(judged(sum)).isEqualTo(judged(whole));
    }

    @Test
    void aVectorCountsForEachVersionOfItsFeatureSetAndAPredictionForItsOwn() throws Exception {
        counts.watch(
                MeasuredDirection.deployment(
                        1,
                        MeasuredDirection.watched(VERSION, Role.CHAMPION),
                        MeasuredDirection.watched("2.0.0", Role.SHADOW)));
        counts.count(vector(0, 0, 0), NOTHING_CLOSED);
        counts.count(prediction(0, 0), NOTHING_CLOSED);
        counts.count(MeasuredDirection.prediction(0, "3.0.0", Role.CHAMPION), NOTHING_CLOSED);

        assertThat(counts.takeAll())
                .extracting(
                        part ->
                                part.version()
                                        + " "
                                        + part.inputs().rows()
                                        + " "
                                        + part.answers().rows())
                .containsExactly("1.0.0 1 1", "2.0.0 1 0");
    }

    @Test
    void whatIsNotReadyOrOfAnotherSetOrSymbolSaysNothing() {
        counts.watch(
                new WatchedDeployment(
                        DirectionModels.MODEL,
                        1,
                        "S1",
                        List.of(MeasuredDirection.watched(VERSION, Role.CHAMPION))));
        FeatureVector vector = vector(0, 1, 0);
        counts.count(vector, NOTHING_CLOSED);
        counts.count(vector(0, 0, 0), NOTHING_CLOSED);
        counts.count(copy(vector, vector.featureSetHash(), false), NOTHING_CLOSED);
        counts.count(copy(vector, "another", true), NOTHING_CLOSED);

        assertThat(counts.takeAll())
                .singleElement()
                .satisfies(part -> assertThat(part.inputs().rows()).isOne());
    }

    @Test
    void aPredictionWithoutAnAnswerIsARowOfMissingValues() throws Exception {
        watch(1, VERSION);
        Prediction answered = prediction(0, 0);
        counts.count(answered, NOTHING_CLOSED);
        counts.count(
                Prediction.unanswered(
                        vector(0, 0, 0),
                        DirectionModels.MODEL,
                        VERSION,
                        1,
                        Role.CHAMPION,
                        true,
                        answered.classes(),
                        PredictionStatus.TIMEOUT),
                NOTHING_CLOSED);

        DriftReport report = judged(counts.takeAll().get(0));
        assertThat(report.predictions()).isEqualTo(2);
        assertThat(report.estimatedAccuracy().rows()).isOne();
        assertThat(report.columns().get(3).missingShare()).isEqualTo(0.5);
    }

    @Test
    void rowsOfClosedWindowsAreLate() {
        watch(1, VERSION);
        long closed = DriftWindows.lastMillisBefore(WINDOW_MICROS);

        assertThat(counts.count(vector(0, 0, 0), closed - 1)).isZero();
        assertThat(counts.takeClosed(closed - 1)).isEmpty();
        assertThat(counts.takeClosed(closed)).hasSize(1);
        assertThat(counts.count(vector(0, 0, 0), closed)).isOne();
        assertThat(counts.count(prediction(0, 0), closed)).isOne();
        assertThat(counts.takeAll()).isEmpty();
    }

    @Test
    void aNewerDeploymentSendsWhatWasCountedBeforeIt() {
        watch(1, VERSION);
        counts.count(vector(0, 0, 0), NOTHING_CLOSED);

        List<DriftPart> parts =
                counts.watch(
                        MeasuredDirection.deployment(
                                2, MeasuredDirection.watched("2.0.0", Role.CHAMPION)));

        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).version()).isEqualTo(VERSION);
        assertThat(parts.get(1).announced()).isNotNull();
        assertThat(watch(2, VERSION)).as("no news").isEmpty();
        counts.count(vector(0, 0, 0), NOTHING_CLOSED);
        assertThat(counts.open()).extracting(DriftPart::version).containsExactly("2.0.0");
    }

    @Test
    void whatCannotBeWatchedSaysWhy() {
        assertThatThrownBy(
                        () ->
                                VersionReference.of(
                                        WatchedVersion.unwatched(
                                                VERSION, Role.CHAMPION, "nobody measured it"),
                                        1))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("nobody measured it");
        assertThatThrownBy(() -> VersionReference.of(version("unknown", "{}"), 1))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("unknown is not on the class path");
        assertThatThrownBy(
                        () -> VersionReference.of(version(MeasuredDirection.SET.hash(), "{}"), 1))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("reference.json");
        String foreign =
                new String(MeasuredDirection.reference(), StandardCharsets.UTF_8)
                        .replace("log_return_1s", "my_own");
        assertThatThrownBy(
                        () ->
                                VersionReference.of(
                                        version(MeasuredDirection.SET.hash(), foreign), 1))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("No feature 'my_own'");
        String odd =
                new String(MeasuredDirection.reference(), StandardCharsets.UTF_8)
                        .replace("\"window_micros\":60000000", "\"window_micros\":60000001");
        assertThatThrownBy(() -> VersionReference.of(version(MeasuredDirection.SET.hash(), odd), 1))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("60000001 µs");
        assertThatThrownBy(
                        () ->
                                VersionReference.of(
                                        MeasuredDirection.watched(VERSION, Role.CHAMPION), 7))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("60000 ms do not begin every 7th");
    }

    /** However many windows a row lies in, it is counted once. */
    @Test
    void countsByPaneWhereWindowsOverlap() {
        DriftCounts panes = new DriftCounts(4);
        panes.watch(
                MeasuredDirection.deployment(1, MeasuredDirection.watched(VERSION, Role.CHAMPION)));
        for (int row = 0; row < ROWS_PER_WINDOW; row++) {
            panes.count(vector(2, row, 0), NOTHING_CLOSED);
        }
        long pane = WINDOW_MICROS / 4;

        assertThat(panes.open())
                .extracting(part -> part.windowStartMicros() / pane + " " + part.rows())
                .containsExactly("8 150", "9 150", "10 150", "11 150");
        assertThat(panes.takeClosed(DriftWindows.lastMillisBefore(9 * pane))).hasSize(1);
        assertThat(panes.count(vector(2, 149, 0), DriftWindows.lastMillisBefore(9 * pane)))
                .as("late for its pane is late")
                .isOne();
    }

    private static WatchedVersion version(String hash, String reference) {
        return new WatchedVersion(
                VERSION,
                Role.CHAMPION,
                hash,
                reference.getBytes(StandardCharsets.UTF_8),
                Map.of(),
                null);
    }

    private List<DriftPart> watch(long generation, String version) {
        return counts.watch(
                MeasuredDirection.deployment(
                        generation, MeasuredDirection.watched(version, Role.CHAMPION)));
    }

    private void count(int window, double shift) {
        for (int row = 0; row < ROWS_PER_WINDOW; row++) {
            assertThat(counts.count(vector(window, row, shift), NOTHING_CLOSED)).isZero();
            assertThat(counts.count(prediction(window, row), NOTHING_CLOSED)).isZero();
        }
    }

    private static FeatureVector vector(int window, int row, double shift) {
        return MeasuredDirection.vector((long) window * ROWS_PER_WINDOW + row, shift);
    }

    private static Prediction prediction(int window, int row) {
        return MeasuredDirection.prediction(
                (long) window * ROWS_PER_WINDOW + row, VERSION, Role.CHAMPION);
    }

    private static FeatureVector copy(FeatureVector vector, String hash, boolean ready) {
        return new FeatureVector(
                vector.vectorId(),
                vector.symbol(),
                vector.kind(),
                vector.eventTimeMicros(),
                hash,
                ready,
                vector.values());
    }

    private static VersionReference reference() throws ModelRefusedException {
        return VersionReference.of(MeasuredDirection.watched(VERSION, Role.CHAMPION), 1);
    }

    private static VersionDrift deployed() {
        VersionDrift state = new VersionDrift();
        state.deployed = true;
        return state;
    }

    private static DriftReport judged(DriftPart part) throws ModelRefusedException {
        return new DriftWatch(DriftRules.SHIPPED, 0)
                .judge(reference(), part, deployed())
                .reports()
                .get(0);
    }
}
