package com.shivx.drift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.shivx.drift.reference.ChunkSpread;
import com.shivx.drift.reference.ColumnProfile;
import com.shivx.drift.reference.Psi;
import com.shivx.drift.reference.ReferenceMeasurement;
import com.shivx.drift.reference.ReferenceProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftJudgeTest {

    private static final int WINDOW = 1_000;
    private static final DriftJudge JUDGE = new DriftJudge(DriftRules.SHIPPED);

    private final Random random = new Random(11);

    /** Q is a quiet window, D one far off, F one with few rows, N one without. */
    @ParameterizedTest
    @CsvSource({
        "Q, OK",
        "D, WARN",
        "DD, WARN",
        "DDD, ALERT",
        "DDDQQ, ALERT",
        "DDDQQQ, OK",
        "DQDQD, ALERT",
        "DQQDQD, WARN",
        "DDQQQD, WARN",
        "F, INSUFFICIENT",
        "N, INSUFFICIENT",
        // What cannot be judged counts for neither side.
        "DDFD, ALERT",
        "DDNNNNNNNNND, ALERT",
        "DDDN, INSUFFICIENT",
        "DDDNQ, ALERT",
        "FFFFF, INSUFFICIENT"
    })
    void anAlertIsThreeOfTheLastFiveJudgedWindows(String windows, Verdict expected) {
        LiveReference reference = gaussian(0, Map.of());
        DriftMemory memory = DriftMemory.empty();
        WindowReport report = null;
        for (int i = 0; i < windows.length(); i++) {
            WindowCounts counts =
                    switch (windows.charAt(i)) {
                        // Quieter than the chunks, which are as short as a window.
                        case 'Q' -> counts(reference, 5 * WINDOW, 0);
                        case 'D' -> counts(reference, WINDOW, 3);
                        case 'F' -> counts(reference, 400, 3);
                        default -> new WindowCounts();
                    };
            DriftJudge.Judged judged = JUDGE.judge(reference, counts, memory);
            memory = judged.memory();
            report = judged.report();
        }

        assertThat(report.columns().get(0).verdict()).isEqualTo(expected);
        assertThat(report.verdict()).isEqualTo(expected);
        String judged = windows.replaceAll("[FN]", "");
        String last = judged.substring(Math.max(0, judged.length() - 5));
        assertThat(report.columns().get(0).windowsJudged()).isEqualTo(last.length());
        assertThat(report.columns().get(0).timesBeyond())
                .isEqualTo(last.replaceAll("Q", "").length());
    }

    @Test
    void judgingChangesNeitherCountsNorMemory() {
        LiveReference reference = gaussian(0, Map.of());
        WindowCounts counts = counts(reference, WINDOW, 3);
        DriftMemory memory = JUDGE.judge(reference, counts, DriftMemory.empty()).memory();

        WindowReport once = JUDGE.judge(reference, counts, memory).report();

        assertThat(JUDGE.judge(reference, counts, memory).report()).isEqualTo(once);
        assertThat(once.columns().get(0).timesBeyond()).isEqualTo(2);
    }

    @Test
    void theFiguresAreThoseOfTheDefinitions() {
        LiveReference reference = gaussian(0, Map.of());
        ColumnReport quiet = judge(reference, counts(reference, WINDOW, 0)).columns().get(0);
        ColumnReport far = judge(reference, counts(reference, WINDOW, 1)).columns().get(0);

        ChunkSpread ks = reference.profile().columns().get(0).ks();
        assertThat(quiet.threshold()).isEqualTo(ks.mean() + 3 * ks.sd());
        assertThat(quiet.ks()).isLessThan(quiet.threshold());
        assertThat(quiet.driftScore())
                .isCloseTo(quiet.ks() / quiet.threshold() * 0.25, within(1e-15))
                .isLessThan(0.25);
        assertThat(quiet.p()).isGreaterThan(1 / 31.0);
        assertThat(quiet.psiLevel()).isEqualTo(Psi.Level.NONE);
        assertThat(far.isBeyond()).isTrue();
        assertThat(far.driftScore()).isGreaterThan(0.25);
        assertThat(far.p()).isEqualTo(1 / 31.0);
        // Two normals a standard deviation apart: 2·Φ(1/2) − 1, and 1.
        assertThat(far.ks()).isCloseTo(0.383, within(0.05));
        assertThat(far.psi()).isCloseTo(0.9, within(0.2));
        assertThat(far.psiLevel()).isEqualTo(Psi.Level.SIGNIFICANT);
    }

    @Test
    void rowsThatHangTogetherInTimeAreFewer() {
        LiveReference reference = gaussian(0.97, Map.of());
        ColumnReport report = judge(reference, counts(reference, WINDOW, 3)).columns().get(0);

        assertThat(report.rows()).isEqualTo(WINDOW);
        assertThat(report.effectiveRows()).isBetween(8.0, 25.0);
        assertThat(report.verdict()).isEqualTo(Verdict.INSUFFICIENT);
        assertThat(report.isBeyond()).isTrue();
    }

    @Test
    void aReferenceThatIsElsewhereInEveryChunkIsBlind() {
        ReferenceMeasurement measurement = measurement(31 * WINDOW);
        measurement.column("x", random.doubles(31 * WINDOW).toArray());
        ReferenceProfile profile = measurement.profile();
        ColumnProfile column = profile.columns().get(0);
        LiveReference blind =
                new LiveReference(
                        new ReferenceProfile(
                                profile.windowMicros(),
                                profile.rows(),
                                profile.mix(),
                                List.of(
                                        new ColumnProfile(
                                                "x",
                                                column.bins(),
                                                column.counts(),
                                                column.quantiles(),
                                                column.least(),
                                                column.autocorrelation(),
                                                new ChunkSpread(0.8, 0.05, 30, new double[0]),
                                                column.psi())),
                                ChunkSpread.NONE),
                        Map.of());

        WindowReport report = judge(blind, counts(blind, WINDOW, 1e6));

        assertThat(report.columns().get(0).threshold()).isCloseTo(0.95, within(1e-12));
        assertThat(report.columns().get(0).ks()).isEqualTo(1);
        assertThat(report.columns().get(0).verdict()).isEqualTo(Verdict.BLIND);
        assertThat(report.columns().get(0).p()).isNaN();
        assertThat(report.columns().get(0).windowsJudged()).isZero();
        assertThat(report.verdict()).isEqualTo(Verdict.BLIND);
        assertThat(report.driftedShare()).isNaN();
    }

    @Test
    void aReferenceOfFewChunksJudgesNothing() {
        ReferenceMeasurement measurement = measurement(29 * WINDOW + 1);
        measurement.column("x", random.doubles(29 * WINDOW + 1).toArray());
        LiveReference reference = new LiveReference(measurement.profile(), Map.of());

        WindowReport report = judge(reference, counts(reference, WINDOW, 9));

        assertThat(report.columns().get(0).threshold()).isNaN();
        assertThat(report.columns().get(0).driftScore()).isNaN();
        assertThat(report.verdict()).isEqualTo(Verdict.INSUFFICIENT);
    }

    @Test
    void aColumnThatNeverVariedForgivesWhatItsQuantilesCannotShow() {
        ReferenceMeasurement measurement = measurement(31 * WINDOW);
        measurement.column("x", new double[31 * WINDOW]);
        LiveReference reference = new LiveReference(measurement.profile(), Map.of());
        WindowCounts counts = new WindowCounts();
        for (int i = 0; i < 10_000; i++) {
            reference.count(counts, 0, new double[] {i < 9 ? 1 : 0}, Double.NaN);
        }
        ColumnReport few = judge(reference, counts).columns().get(0);
        for (int i = 0; i < 9; i++) {
            reference.count(counts, 0, new double[] {1}, Double.NaN);
        }
        ColumnReport more = judge(reference, counts).columns().get(0);

        assertThat(few.threshold()).isEqualTo(1e-3);
        assertThat(few.verdict()).isEqualTo(Verdict.OK);
        assertThat(few.aboveRange()).isEqualTo(9);
        assertThat(more.verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void aColumnOfTheCalendarIsNeverDrift() {
        LiveReference reference =
                gaussian(
                        0,
                        Map.of(
                                "x",
                                new WatchedColumn(
                                        Watching.CALENDAR, Double.NaN, Double.NaN, Double.NaN)));
        DriftMemory memory = DriftMemory.empty();
        for (int i = 0; i < 5; i++) {
            DriftJudge.Judged judged = JUDGE.judge(reference, counts(reference, WINDOW, 5), memory);
            memory = judged.memory();
            assertThat(judged.report().columns().get(0).verdict()).isEqualTo(Verdict.UNWATCHED);
            assertThat(judged.report().columns().get(0).driftScore()).isGreaterThan(0.25);
            assertThat(judged.report().verdict()).isEqualTo(Verdict.INSUFFICIENT);
        }
    }

    @Test
    void aColumnWatchedByItsRangeMayMoveWithinIt() {
        LiveReference reference =
                gaussian(0, Map.of("x", new WatchedColumn(Watching.RANGE, -50, 50, 1)));
        DriftMemory memory = DriftMemory.empty();
        List<Verdict> verdicts = new ArrayList<>();
        for (double shift : new double[] {20, -20, 60, 60, -60, 0}) {
            DriftJudge.Judged judged =
                    JUDGE.judge(reference, counts(reference, 100, shift), memory);
            memory = judged.memory();
            verdicts.add(judged.report().columns().get(0).verdict());
        }

        assertThat(verdicts)
                .containsExactly(
                        Verdict.OK,
                        Verdict.OK,
                        Verdict.WARN,
                        Verdict.WARN,
                        Verdict.ALERT,
                        Verdict.ALERT);
        assertThat(judge(reference, new WindowCounts()).columns().get(0).verdict())
                .isEqualTo(Verdict.INSUFFICIENT);
    }

    @Test
    void countsWhatIsMissingAndOutOfRange() {
        ReferenceMeasurement measurement = measurement(31 * WINDOW);
        double[] values = new double[31 * WINDOW];
        Arrays.setAll(values, i -> i % 10 == 0 ? Double.NaN : i % 7);
        measurement.column("x", values);
        measurement.column("y", values);
        LiveReference reference =
                new LiveReference(
                        measurement.profile(),
                        Map.of("y", new WatchedColumn(Watching.DISTRIBUTION, 1, Double.NaN, 1)));
        WindowCounts counts = new WindowCounts();
        double[] live = {-1, 0, -0.0, 6, 6.5, 7, Double.NaN, Double.POSITIVE_INFINITY};
        for (double value : live) {
            reference.count(counts, 0, new double[] {value, value}, Double.NaN);
        }

        ColumnReport within = judge(reference, counts).columns().get(0);
        assertThat(within.rows()).isEqualTo(6);
        assertThat(within.belowRange()).isEqualTo(1);
        assertThat(within.aboveRange()).isEqualTo(2);
        assertThat(within.missingShare()).isEqualTo(0.25);
        assertThat(within.missingChange()).isCloseTo(0.15, within(1e-12));
        assertThat(judge(reference, counts).columns().get(1).belowRange()).isEqualTo(3);
        assertThat(judge(reference, counts).columns().get(1).aboveRange()).isEqualTo(2);
    }

    @Test
    void anAbsentSymbolIsCoverageAndNotDrift() {
        int n = 31 * WINDOW;
        int[] symbols = new int[n];
        long[] times = new long[n];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            symbols[i] = i % 4 == 0 ? 1 : 0;
            times[i] = i;
            values[i] = symbols[i] * 1.5 + random.nextGaussian();
        }
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(times, symbols, List.of("big", "small"), WINDOW, 500);
        measurement.column("x", values);
        LiveReference reference = new LiveReference(measurement.profile(), Map.of());
        WindowCounts louder = new WindowCounts();
        WindowCounts alone = new WindowCounts();
        WindowCounts few = new WindowCounts();
        for (int i = 0; i < 8_000; i++) {
            int group = i % 2;
            double[] row = {group * 1.5 + random.nextGaussian()};
            reference.count(louder, group, row, Double.NaN);
            reference.count(few, i < 100 ? 0 : 1, row, Double.NaN);
            if (group == 0) {
                reference.count(alone, 0, row, Double.NaN);
            }
        }

        WindowReport mixed = judge(reference, louder);
        assertThat(mixed.verdict()).isEqualTo(Verdict.OK);
        assertThat(mixed.symbolCoverage()).isEqualTo(1);
        assertThat(judge(reference, alone).symbolCoverage()).isCloseTo(0.75, within(1e-3));
        // A hundred rows that stand for three quarters tell as much as some hundred and thirty.
        ColumnReport weighted = judge(reference, few).columns().get(0);
        assertThat(weighted.rows()).isEqualTo(8_000);
        assertThat(weighted.effectiveRows()).isLessThan(250);
        assertThat(weighted.verdict()).isEqualTo(Verdict.INSUFFICIENT);
    }

    @Test
    void theDriftedShareIsWeightedByImportanceWhereItIsKnown() {
        Map<String, WatchedColumn> known =
                Map.of(
                        "x", new WatchedColumn(Watching.DISTRIBUTION, Double.NaN, Double.NaN, 3),
                        "y", new WatchedColumn(Watching.DISTRIBUTION, Double.NaN, Double.NaN, 1));
        for (Map<String, WatchedColumn> watched : List.of(known, Map.<String, WatchedColumn>of())) {
            ReferenceMeasurement measurement = measurement(31 * WINDOW);
            measurement.column("x", random.doubles(31 * WINDOW).toArray());
            measurement.column("y", random.doubles(31 * WINDOW).toArray());
            LiveReference reference = new LiveReference(measurement.profile(), watched);
            WindowCounts counts = new WindowCounts();
            for (int i = 0; i < WINDOW; i++) {
                reference.count(
                        counts,
                        0,
                        new double[] {random.nextDouble() + 9, random.nextDouble()},
                        Double.NaN);
            }

            WindowReport report = judge(reference, counts);

            assertThat(report.driftedShare()).isEqualTo(watched.isEmpty() ? 0.5 : 0.75);
            assertThat(report.verdict()).isEqualTo(Verdict.WARN);
        }
    }

    @Test
    void refusesRulesAndColumnsThatSayNothing() {
        assertThatThrownBy(() -> new DriftRules(0, 30, 5, 3)).hasMessageContaining("0 rows a bin");
        assertThatThrownBy(() -> new DriftRules(50, 30, 5, 6)).hasMessageContaining("6 of 5");
        assertThatThrownBy(() -> new WatchedColumn(Watching.RANGE, 2, 1, 0))
                .hasMessageContaining("from 2.0 to 1.0");
        assertThatThrownBy(() -> new WatchedColumn(Watching.RANGE, 1, 2, -1))
                .hasMessageContaining("importance");
    }

    private static WindowReport judge(LiveReference reference, WindowCounts counts) {
        return JUDGE.judge(reference, counts, DriftMemory.empty()).report();
    }

    private LiveReference gaussian(double phi, Map<String, WatchedColumn> watched) {
        int n = 30 * WINDOW + 1;
        double[] values = new double[n];
        double value = random.nextGaussian();
        for (int i = 0; i < n; i++) {
            values[i] = value;
            value = phi * value + Math.sqrt(1 - phi * phi) * random.nextGaussian();
        }
        ReferenceMeasurement measurement = measurement(n);
        measurement.column("x", values);
        return new LiveReference(measurement.profile(), watched);
    }

    private WindowCounts counts(LiveReference reference, int rows, double shift) {
        WindowCounts counts = new WindowCounts();
        for (int i = 0; i < rows; i++) {
            reference.count(counts, 0, new double[] {shift + random.nextGaussian()}, Double.NaN);
        }
        return counts;
    }

    private static ReferenceMeasurement measurement(int rows) {
        long[] times = new long[rows];
        Arrays.setAll(times, i -> i);
        return new ReferenceMeasurement(times, new int[rows], List.of("a"), WINDOW, 500);
    }
}
