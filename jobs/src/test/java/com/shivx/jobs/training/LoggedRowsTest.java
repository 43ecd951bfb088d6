package com.shivx.jobs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.FeatureVector;
import com.shivx.features.label.Direction;
import com.shivx.features.label.Threshold;
import com.shivx.features.tick.TickKind;
import com.shivx.jobs.log.LogFileException;
import com.shivx.jobs.log.LogKind;
import com.shivx.jobs.log.LoggedOutcomes;
import com.shivx.jobs.log.LoggedVectors;
import com.shivx.jobs.testing.LogRun;
import com.shivx.jobs.testing.WrittenLog;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.outcome.Labelling;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeSource;
import com.shivx.models.outcome.OutcomeStatus;
import com.shivx.models.training.TrainingException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log's outcomes make of its vectors. */
class LoggedRowsTest {

    private static final Duration HORIZON = Duration.ofSeconds(60);
    private static final Labelling LABELLING =
            new Labelling(TimeUnit.MICROSECONDS.convert(HORIZON), Threshold.VOL, 0);
    private static final long MIDNIGHT =
            TimeUnit.SECONDS.toMicros(
                    LocalDate.parse("2014-05-03").atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    private static final long SECOND = 1_000_000;

    private final List<FeatureVector> vectors = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    @TempDir Path folder;
    private WrittenLog log;
    private LoggedRows read;

    @BeforeEach
    void openLog() {
        log = new WrittenLog(folder);
    }

    /** The horizon's end is of the next date; the outcome lies at the vector's. */
    @Test
    void joinsAVectorWithItsOutcomeAcrossMidnight() throws Exception {
        FeatureVector before = vector("B", MIDNIGHT - 1, true);
        FeatureVector same = vector("A", MIDNIGHT - 1, true);
        FeatureVector after = vector("B", MIDNIGHT, true);
        outcome(after, "1.0.0", 0, Direction.UP, 3);
        outcome(same, "1.0.0", 0, Direction.FLAT, 2);
        outcome(before, "1.0.0", 0, Direction.DOWN, 1);

        List<TrainingRow> rows = rows();
        assertThat(rows.stream().map(TrainingRow::symbol)).containsExactly("A", "B", "B");
        assertThat(rows.stream().map(TrainingRow::place)).containsExactly(0L, 0L, 1L);
        assertThat(rows.stream().map(TrainingRow::direction))
                .containsExactly(Direction.FLAT, Direction.DOWN, Direction.UP);
        assertThat(rows.stream().map(TrainingRow::buyBps)).containsExactly(2.0, 1.0, 3.0);
        assertThat(rows.stream().map(TrainingRow::sellBps)).containsExactly(-2.0, -1.0, -3.0);
        assertThat(rows.get(1).eventTimeMicros()).isEqualTo(MIDNIGHT - 1);
        assertThat(rows.get(1).values()).isEqualTo(before.values());
        assertThat(read.lines()).singleElement().asString().startsWith("3 vectors of market-v1");
    }

    @Test
    void takesEachVectorOnceHoweverManyVersionsHavePredictedFromIt() throws Exception {
        FeatureVector vector = vector("A", MIDNIGHT, true);
        outcome(vector, "1.0.0", 0, Direction.UP, 3);
        outcome(vector, "2.0.0", 0, Direction.UP, 3);

        assertThat(rows()).hasSize(1);
    }

    @Test
    void theHighestRevisionHoldsWhicheverVersionHasIt() throws Exception {
        FeatureVector vector = vector("A", MIDNIGHT, true);
        outcome(vector, "1.0.0", 0, Direction.UP, 3);
        outcome(vector, "1.0.0", 1, Direction.FLAT, 3);
        outcome(vector, "1.0.0", 2, Direction.DOWN, 3);
        outcome(vector, "2.0.0", 0, Direction.UP, 3);

        TrainingRow row = rows().get(0);
        assertThat(row.direction()).isEqualTo(Direction.DOWN);
        assertThat(row.buyBps()).isEqualTo(3);
    }

    /** Of the version that came after the label, prices are not known. */
    @Test
    void aLabelFromOutsideKeepsWhatTicksSaidOfPrices() throws Exception {
        FeatureVector vector = vector("A", MIDNIGHT, true);
        FeatureVector other = vector("A", MIDNIGHT + 1, true);
        outcome(vector, "1.0.0", 0, Direction.UP, 3);
        labelled(vector, "2.0.0", Direction.DOWN);
        labelled(other, "2.0.0", Direction.FLAT);

        List<TrainingRow> rows = rows();
        assertThat(rows.stream().map(TrainingRow::direction))
                .containsExactly(Direction.DOWN, Direction.FLAT);
        assertThat(rows.stream().map(TrainingRow::buyBps)).containsExactly(3.0, Double.NaN);
        assertThat(rows.stream().map(TrainingRow::sellBps)).containsExactly(-3.0, Double.NaN);
    }

    @Test
    void countsWhatIsNoRow() throws Exception {
        FeatureVector known = vector("A", MIDNIGHT, true);
        FeatureVector late = vector("A", MIDNIGHT + SECOND, true);
        FeatureVector missing = vector("A", MIDNIGHT + 2 * SECOND, true);
        FeatureVector warming = vector("A", MIDNIGHT + 3 * SECOND, false);
        vector("A", MIDNIGHT + 4 * SECOND, true);
        outcome(known, "1.0.0", 0, Direction.UP, 3);
        // A version whose prediction came too late knows nothing; the other's outcome holds.
        missing(late, "1.0.0");
        outcome(late, "2.0.0", 0, Direction.DOWN, 1);
        missing(missing, "1.0.0");
        outcome(warming, "1.0.0", 0, Direction.UP, 1);
        outcome(vector("gone", MIDNIGHT + 5 * SECOND, true), "1.0.0", 0, Direction.UP, 1);
        vectors.remove(vectors.size() - 1);

        assertThat(rows().stream().map(TrainingRow::direction))
                .containsExactly(Direction.UP, Direction.DOWN);
        assertThat(read.lines())
                .containsExactly(
                        "4 vectors of market-v1 in the log, 2 of them with an outcome",
                        "1 vectors have no outcome of horizon 60s yet",
                        "of 1 vectors nobody knows what happened",
                        "2 vectors with an outcome are not in the log, or are not ready");
    }

    @Test
    void namesTheHorizonsThatThereAre() throws Exception {
        FeatureVector vector = vector("A", MIDNIGHT, true);
        outcome(vector, "1.0.0", 0, Direction.UP, 3);
        write();

        assertThatThrownBy(() -> read(labelling(Duration.ofSeconds(5), Threshold.VOL, 0)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no outcome of horizon 5s, only of 60s")
                .hasMessageContaining("--horizon");
        assertThat(read(LABELLING)).hasSize(1);
    }

    @Test
    void passesOverOutcomesOfOtherHorizons() throws Exception {
        FeatureVector vector = vector("A", MIDNIGHT, true);
        outcome(vector, "1.0.0", 0, Direction.UP, 3);
        outcome(vector, labelling(Duration.ofMillis(500), Threshold.VOL, 0), Direction.DOWN, 9);

        TrainingRow row = rows().get(0);
        assertThat(row.direction()).isEqualTo(Direction.UP);
        assertThat(row.buyBps()).isEqualTo(3);
    }

    /** As when the accuracy job was given other fees or another threshold one day. */
    @Test
    void passesOverOutcomesOfAnotherRuleAndSaysSo() throws Exception {
        FeatureVector both = vector("A", MIDNIGHT, true);
        FeatureVector other = vector("A", MIDNIGHT + SECOND, true);
        outcome(both, "1.0.0", 0, Direction.UP, 3);
        outcome(both, labelling(HORIZON, Threshold.COST, 0), Direction.FLAT, 3);
        outcome(both, labelling(HORIZON, Threshold.VOL, 1), Direction.UP, 1);
        outcome(other, labelling(HORIZON, Threshold.VOL, 1), Direction.DOWN, 7);

        List<TrainingRow> rows = rows();
        assertThat(rows.stream().map(TrainingRow::direction)).containsExactly(Direction.UP);
        assertThat(rows.get(0).buyBps()).isEqualTo(3);
        assertThat(read.lines())
                .containsExactly(
                        "2 vectors of market-v1 in the log, 1 of them with an outcome",
                        "1 vectors have no outcome of horizon 60s yet",
                        "2 outcomes of another rule were passed over: threshold_kind VOL, taker_fee_bps 1.0",
                        "1 outcomes of another rule were passed over: threshold_kind COST, taker_fee_bps 0.0");
        rows = read(labelling(HORIZON, Threshold.VOL, 1));
        assertThat(rows.stream().map(TrainingRow::buyBps)).containsExactly(1.0, 7.0);
    }

    @Test
    void namesTheRulesThatThereAre() throws Exception {
        FeatureVector vector = vector("A", MIDNIGHT, true);
        outcome(vector, labelling(HORIZON, Threshold.COST, 1.5), Direction.UP, 3);
        outcome(vector, labelling(HORIZON, Threshold.COST, 0.5), Direction.UP, 3);
        write();

        assertThatThrownBy(() -> read(LABELLING))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(
                        "no outcome of horizon 60s whose threshold_kind is VOL, only COST")
                .hasMessageContaining("labels.threshold (--threshold)");
        assertThatThrownBy(() -> read(labelling(HORIZON, Threshold.COST, 0)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(
                        "no outcome of horizon 60s whose taker_fee_bps is 0.0, only 0.5, 1.5")
                .hasMessageContaining("fees.taker-bps");
    }

    @Test
    void saysWhatIsNotThere() throws Exception {
        vector("A", MIDNIGHT, true);
        write();
        assertThatThrownBy(() -> read(LABELLING))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no outcome of its 1 vectors")
                .hasMessageContaining("accuracy job");
        assertThatThrownBy(() -> read(LABELLING, MIDNIGHT + 1, Long.MAX_VALUE))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("no ready vector of market-v1");
        assertThatThrownBy(
                        () ->
                                LoggedRows.open(
                                        new org.apache.flink.core.fs.Path(
                                                folder.resolve("nothing").toUri()),
                                        LogRun.SET,
                                        LABELLING,
                                        Long.MIN_VALUE,
                                        Long.MAX_VALUE))
                .isInstanceOf(LogFileException.class)
                .hasMessageContaining("there is no such folder");
    }

    @Test
    void takesASpanOfEventTimeThatBeginsAndEndsWithinADate() throws Exception {
        for (int i = -3; i < 3; i++) {
            outcome(vector("A", MIDNIGHT + i * SECOND, true), "1.0.0", 0, Direction.UP, i);
        }
        write();

        List<TrainingRow> rows = read(LABELLING, MIDNIGHT - 2 * SECOND, MIDNIGHT + SECOND);
        assertThat(rows.stream().map(TrainingRow::buyBps)).containsExactly(-2.0, -1.0, 0.0);
        assertThat(read.lines()).hasSize(1);
        assertThatThrownBy(() -> read(LABELLING, MIDNIGHT, MIDNIGHT))
                .hasMessageContaining("no time at all");
    }

    private FeatureVector vector(String symbol, long micros, boolean isReady) {
        float[] values = new float[LogRun.SET.size()];
        values[0] = micros % 1_000_003;
        values[1] = Float.NaN;
        FeatureVector vector =
                new FeatureVector(
                        "%s~Q~%d~1~%s".formatted(symbol, micros, LogRun.SET.shortHash()),
                        symbol,
                        TickKind.QUOTE,
                        micros,
                        LogRun.SET.hash(),
                        isReady,
                        values);
        vectors.add(vector);
        return vector;
    }

    private void outcome(
            FeatureVector vector, String version, int revision, Direction direction, double bps) {
        OutcomeSource source = revision == 0 ? OutcomeSource.TICKS : OutcomeSource.LABEL;
        outcomes.add(outcome(vector, version, LABELLING, revision, source, direction, bps));
    }

    private void outcome(
            FeatureVector vector, Labelling labelling, Direction direction, double bps) {
        outcomes.add(outcome(vector, "1.0.0", labelling, 0, OutcomeSource.TICKS, direction, bps));
    }

    private static Labelling labelling(Duration horizon, Threshold kind, double takerFeeBps) {
        return new Labelling(TimeUnit.MICROSECONDS.convert(horizon), kind, takerFeeBps);
    }

    private void labelled(FeatureVector vector, String version, Direction direction) {
        outcomes.add(
                outcome(vector, version, LABELLING, 0, OutcomeSource.LABEL, direction, Double.NaN));
    }

    private void missing(FeatureVector vector, String version) {
        outcomes.add(outcome(vector, version, LABELLING, 0, OutcomeSource.TICKS, null, Double.NaN));
    }

    private static Outcome outcome(
            FeatureVector vector,
            String version,
            Labelling labelling,
            int revision,
            OutcomeSource source,
            Direction direction,
            double bps) {
        Prediction prediction =
                new Prediction(
                        vector.vectorId(),
                        "direction",
                        version,
                        1,
                        Role.CHAMPION,
                        true,
                        vector.symbol(),
                        vector.eventTimeMicros(),
                        "UP",
                        1,
                        Action.BUY,
                        new String[] {"UP"},
                        new float[] {1},
                        PredictionStatus.OK);
        return new Outcome(
                prediction,
                labelling.horizonMicros(),
                direction == null ? OutcomeStatus.MISSING : OutcomeStatus.OK,
                revision,
                source,
                direction,
                Double.NaN,
                Double.NaN,
                labelling.thresholdKind(),
                labelling.takerFeeBps(),
                100,
                Double.NaN,
                Double.NaN,
                bps,
                -bps,
                true,
                vector.eventTimeMicros() + labelling.horizonMicros() + 1);
    }

    private void write() throws Exception {
        log.write(LogKind.FEATURES, new LoggedVectors(), "part-a.avro", vectors);
        log.write(LogKind.OUTCOMES, new LoggedOutcomes(), "part-a.avro", outcomes);
    }

    private List<TrainingRow> rows() throws Exception {
        write();
        return read(LABELLING);
    }

    private List<TrainingRow> read(Labelling labelling) throws Exception {
        return read(labelling, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private List<TrainingRow> read(Labelling labelling, long fromMicros, long untilMicros)
            throws Exception {
        read = LoggedRows.open(log.path(), LogRun.SET, labelling, fromMicros, untilMicros);
        List<TrainingRow> rows = new ArrayList<>();
        for (TrainingRow row = read.next(); row != null; row = read.next()) {
            rows.add(row);
        }
        return rows;
    }
}
