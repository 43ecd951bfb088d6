package com.shivx.models.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.live.ColumnReport;
import com.shivx.drift.live.DriftJudge;
import com.shivx.drift.live.DriftMemory;
import com.shivx.drift.live.DriftRules;
import com.shivx.drift.live.LiveReference;
import com.shivx.drift.live.Verdict;
import com.shivx.drift.live.WatchedColumn;
import com.shivx.drift.live.Watching;
import com.shivx.drift.live.WindowCounts;
import com.shivx.drift.live.WindowReport;
import com.shivx.drift.reference.ReferenceMeasurement;
import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.testing.RealTapes;
import com.shivx.features.tick.Tick;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drift of {@code market-v1} over real quotes, in windows of 30 minutes. */
class RealDriftTest {

    private static final long WINDOW_MICROS = TimeUnit.MINUTES.toMicros(30);
    private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);
    private static final FeatureSet FEATURES = FeatureSets.byName("market-v1");
    private static final DriftJudge JUDGE = new DriftJudge(DriftRules.SHIPPED);

    /** Of Sunday, 4 May, whose evening in New York is 5 May in UTC. */
    private static final int FIRST_FILE = 2;

    /** As a candidate's reference has. */
    private static final int MIN_CHUNK_ROWS = 500;

    private static final Map<String, List<Row>> ROWS = new HashMap<>();

    /** What is left of a vector, of which there are many. */
    private record Row(long eventTimeMicros, float[] values) {}

    @AfterAll
    static void forget() {
        ROWS.clear();
    }

    @ParameterizedTest
    @CsvSource({"fxcm, 5, 6", "fxcm, 6, 7", "oanda, 8, 9"})
    void alternateHalfHoursOfTwoDaysAreOneRegime(String broker, int first, int last) {
        LongPredicate days = between(day(first), day(last + 1));
        LongPredicate even = time -> time / WINDOW_MICROS % 2 == 0;

        List<WindowReport> reports =
                judge(reference(broker, days.and(even)), select(broker, days.and(even.negate())));

        assertThat(reports)
                .noneMatch(report -> report.verdict() == Verdict.ALERT)
                .filteredOn(report -> report.verdict() != Verdict.INSUFFICIENT)
                .hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oanda", "fxcm"})
    void theSameHoursOfEarlierDaysAreTheSameRegime(String broker) {
        LiveReference reference =
                reference(broker, between(day(5), day(7)).and(RealDriftTest::isBusy));

        List<WindowReport> reports =
                judge(
                        reference,
                        select(broker, between(day(7), day(8)).and(RealDriftTest::isBusy)));

        assertThat(reports).hasSize(24);
        assertThat(reports).allMatch(report -> report.verdict() != Verdict.INSUFFICIENT);
        assertThat(reports).noneMatch(report -> report.verdict() == Verdict.ALERT);
    }

    @Test
    void anotherBrokersQuotesAreFoundWithinThreeWindows() {
        LiveReference reference =
                reference("oanda", between(day(5), day(7)).and(RealDriftTest::isBusy));
        long splice = micros("2014-05-07T10:00:00Z");
        List<Row> spliced =
                Stream.concat(
                                select("oanda", between(splice - WINDOW_MICROS * 6, splice))
                                        .stream(),
                                select("fxcm", between(splice, splice + WINDOW_MICROS * 3))
                                        .stream())
                        .toList();

        List<WindowReport> reports = judge(reference, spliced);

        assertThat(reports).hasSize(9);
        assertThat(reports.subList(0, 6)).noneMatch(report -> report.verdict() == Verdict.ALERT);
        assertThat(reports.subList(6, 9)).anyMatch(report -> report.verdict() == Verdict.ALERT);
    }

    /** The European Central Bank's press conference of 8 May 2014 begins. */
    @ParameterizedTest
    @ValueSource(strings = {"oanda", "fxcm"})
    void whatACentralBankSaysIsFoundWithinFiveWindows(String broker) {
        LiveReference reference =
                reference(broker, between(day(6), day(8)).and(RealDriftTest::isBusy));
        long news = micros("2014-05-08T12:30:00Z");

        List<WindowReport> reports =
                judge(
                        reference,
                        select(
                                broker,
                                between(news - WINDOW_MICROS * 12, news + WINDOW_MICROS * 5)));

        assertThat(reports).hasSize(17);
        assertThat(reports.subList(0, 12)).noneMatch(report -> report.verdict() == Verdict.ALERT);
        assertThat(reports.subList(12, 17)).anyMatch(report -> report.verdict() == Verdict.ALERT);
        // Half a day against the other would be drift by construction.
        assertThat(reports)
                .flatExtracting(WindowReport::columns)
                .filteredOn(column -> column.watching() == Watching.CALENDAR)
                .hasSize(34)
                .extracting(ColumnReport::verdict)
                .containsOnly(Verdict.UNWATCHED);
    }

    private static LiveReference reference(String broker, LongPredicate times) {
        List<Row> rows = select(broker, times);
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(
                        rows.stream().mapToLong(Row::eventTimeMicros).toArray(),
                        new int[rows.size()],
                        List.of(broker),
                        WINDOW_MICROS,
                        MIN_CHUNK_ROWS);
        Map<String, WatchedColumn> watched = new HashMap<>();
        for (int i = 0; i < FEATURES.size(); i++) {
            Feature feature = FEATURES.features().get(i);
            int place = i;
            measurement.column(
                    feature.name(),
                    rows.stream().mapToDouble(row -> row.values()[place]).toArray());
            Watching watching =
                    switch (feature.watch()) {
                        case DISTRIBUTION -> Watching.DISTRIBUTION;
                        case RANGE -> Watching.RANGE;
                        case CALENDAR -> Watching.CALENDAR;
                    };
            watched.put(
                    feature.name(),
                    new WatchedColumn(watching, Double.NaN, Double.NaN, Double.NaN));
        }
        return new LiveReference(measurement.profile(), watched);
    }

    private static List<WindowReport> judge(LiveReference reference, List<Row> rows) {
        TreeMap<Long, WindowCounts> windows = new TreeMap<>();
        double[] values = new double[FEATURES.size()];
        for (Row row : rows) {
            for (int i = 0; i < values.length; i++) {
                values[i] = row.values()[i];
            }
            // Both brokers are one symbol here: whether the quotes change is what is asked.
            reference.count(
                    windows.computeIfAbsent(
                            row.eventTimeMicros() / WINDOW_MICROS, key -> new WindowCounts()),
                    0,
                    values,
                    Double.NaN);
        }
        List<WindowReport> reports = new ArrayList<>();
        DriftMemory memory = DriftMemory.empty();
        for (WindowCounts counts : windows.values()) {
            DriftJudge.Judged judged = JUDGE.judge(reference, counts, memory);
            memory = judged.memory();
            reports.add(judged.report());
        }
        return reports;
    }

    private static List<Row> select(String broker, LongPredicate times) {
        return rows(broker).stream().filter(row -> times.test(row.eventTimeMicros())).toList();
    }

    /** Those of a broker's days that are used, computed once. */
    private static synchronized List<Row> rows(String broker) {
        return ROWS.computeIfAbsent(broker, RealDriftTest::compute);
    }

    private static List<Row> compute(String broker) {
        SymbolFeatures features = new SymbolFeatures(FEATURES);
        SymbolState state = new SymbolState();
        List<Row> rows = new ArrayList<>();
        List<Path> files = RealTapes.brokerFiles(broker, "ticks");
        for (Path file : files.subList(FIRST_FILE, files.size())) {
            for (Tick tick : RealTapes.brokerQuotes(broker, file)) {
                FeatureVector vector = features.onTick(tick, state).vector();
                if (vector != null && vector.ready()) {
                    rows.add(new Row(vector.eventTimeMicros(), vector.values()));
                }
            }
        }
        return rows;
    }

    /** From 6 to 18 o'clock UTC, when each half hour has enough quotes. */
    private static boolean isBusy(long micros) {
        return micros % DAY_MICROS >= DAY_MICROS / 4 && micros % DAY_MICROS < DAY_MICROS * 3 / 4;
    }

    private static LongPredicate between(long from, long until) {
        return time -> time >= from && time < until;
    }

    private static long day(int ofMay) {
        return micros("2014-05-%02dT00:00:00Z".formatted(ofMay));
    }

    private static long micros(String instant) {
        return TimeUnit.SECONDS.toMicros(Instant.parse(instant).getEpochSecond());
    }
}
