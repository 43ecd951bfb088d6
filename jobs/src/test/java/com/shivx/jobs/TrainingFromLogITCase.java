package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolQuality;
import com.shivx.features.SymbolState;
import com.shivx.features.label.LabelRules;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.log.LogFileException;
import com.shivx.jobs.log.LogKind;
import com.shivx.jobs.log.LoggedOutcomes;
import com.shivx.jobs.log.LoggedVectors;
import com.shivx.jobs.options.TrainingOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.WrittenLog;
import com.shivx.jobs.wire.TickJson;
import com.shivx.local.EmbeddedFlink;
import com.shivx.models.Prediction;
import com.shivx.models.candidate.TrainingRow;
import com.shivx.models.outcome.ExternalLabel;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeJoin;
import com.shivx.models.outcome.OutcomeRules;
import com.shivx.models.outcome.OutcomeSink;
import com.shivx.models.outcome.PairedVote;
import com.shivx.models.outcome.SymbolOutcomes;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of a log are those of the ticks that it was made from. */
class TrainingFromLogITCase {

    private static final Duration HORIZON = Duration.ofSeconds(1);

    private static EmbeddedFlink flink;

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        flink = Cluster.shipped();
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
    }

    @Test
    void equalsTheRowsOfTheSameTicks() throws Exception {
        assertSameRows(acrossMidnight(Tape.of(3, 900, 5)));
    }

    @Test
    void equalsThemWhereTicksAreBadAndSymbolsPause() throws Exception {
        assertSameRows(Tape.erratic(12, 12_000, new Random(3)));
    }

    /** One vector in seven has no prediction, and so no outcome and no row. */
    private void assertSameRows(List<Tick> tape) throws Exception {
        List<Prediction> predictions = Scoring.predictionsOf(tape);
        List<Prediction> kept = new ArrayList<>();
        Set<String> dropped = new HashSet<>();
        for (int i = 0; i < predictions.size(); i++) {
            Prediction prediction = predictions.get(i);
            if (i % 7 == 6) {
                dropped.add(place(prediction.symbol(), prediction.eventTimeMicros()));
            } else {
                kept.add(prediction);
            }
        }
        Configuration fromLog = options();
        fromLog.set(TrainingOptions.LOG, writeLog(tape, kept));
        Configuration fromTicks = options();
        fromTicks.set(TrainingOptions.TICKS, List.of(writeTicks(tape)));

        List<TrainingRow> logged = rows(fromLog);
        List<TrainingRow> expected =
                rows(fromTicks).stream()
                        .filter(
                                row ->
                                        !dropped.contains(
                                                place(row.symbol(), row.eventTimeMicros())))
                        .toList();
        assertThat(expected).hasSizeGreaterThan(500);
        assertThat(texts(logged)).isEqualTo(texts(expected));
        assertPlaces(logged);
    }

    @Test
    void takesTheDatesThatAreAskedFor() throws Exception {
        List<Tick> tape = acrossMidnight(Tape.of(2, 900, 6));
        Configuration options = options();
        options.set(TrainingOptions.LOG, writeLog(tape, Scoring.predictionsOf(tape)));
        long midnight = tape.get(0).eventTimeMicros() / 86_400_000_000L * 86_400_000_000L;
        midnight += 86_400_000_000L;

        options.set(TrainingOptions.TO, "2014-05-02");
        List<TrainingRow> before = rows(options);
        options.removeConfig(TrainingOptions.TO);
        options.set(TrainingOptions.FROM, "2014-05-02");
        List<TrainingRow> after = rows(options);

        long boundary = midnight;
        assertThat(before).isNotEmpty().allMatch(row -> row.eventTimeMicros() < boundary);
        assertThat(after).isNotEmpty().allMatch(row -> row.eventTimeMicros() >= boundary);
        options.removeConfig(TrainingOptions.FROM);
        assertThat(rows(options)).hasSize(before.size() + after.size());
    }

    @Test
    void refusesWhatCannotWorkBeforeAnythingRuns() throws Exception {
        Configuration options = options();
        options.set(TrainingOptions.LOG, folder.resolve("nothing").toUri().toString());
        assertThatThrownBy(() -> rows(options))
                .isInstanceOf(LogFileException.class)
                .hasMessageContaining("there is no such folder");
        options.set(TrainingOptions.TICKS, List.of("ticks.csv"));
        assertThatThrownBy(() -> rows(options))
                .hasMessageContaining("training.ticks and training.log are both given");
        options.removeConfig(TrainingOptions.TICKS);
        options.set(TrainingOptions.FROM, "2014-05-02");
        options.set(TrainingOptions.TO, "2014-05-02");
        assertThatThrownBy(() -> rows(options))
                .hasMessageContaining("training.from is 2014-05-02 and training.to is 2014-05-02");
    }

    private static Configuration options() {
        return new Configuration().set(TrainingOptions.HORIZON, HORIZON);
    }

    private static List<TrainingRow> rows(Configuration options) throws Exception {
        List<TrainingRow> rows = new ArrayList<>();
        try (CloseableIterator<TrainingRow> all =
                TrainingJob.rows(flink.environment(options), options).executeAndCollect()) {
            all.forEachRemaining(rows::add);
        }
        return rows;
    }

    /** Seventy seconds warm up, and midnight is ten later. */
    private static List<Tick> acrossMidnight(List<Tick> tape) {
        long earlier = 80_000_000;
        return tape.stream()
                .map(
                        tick ->
                                new Tick(
                                        tick.symbol(),
                                        tick.kind(),
                                        tick.eventTimeMicros() - earlier,
                                        tick.receivedMicros() - earlier,
                                        tick.sequence(),
                                        tick.row(),
                                        tick.price(),
                                        tick.size(),
                                        tick.aggressor(),
                                        tick.bidPrice(),
                                        tick.bidSize(),
                                        tick.askPrice(),
                                        tick.askSize()))
                .toList();
    }

    private String writeTicks(List<Tick> tape) throws Exception {
        TickJson json = new TickJson();
        Path file = folder.resolve("ticks.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Tick tick : tape) {
                out.write(json.write(tick));
                out.write('\n');
            }
        }
        return file.toString();
    }

    /** What scoring and accuracy make of the ticks, in files as the log job writes them. */
    private String writeLog(List<Tick> tape, List<Prediction> predictions) throws Exception {
        Path root = folder.resolve("log");
        WrittenLog log = new WrittenLog(root);
        log.write(LogKind.FEATURES, new LoggedVectors(), "part-a.avro", vectors(tape));
        log.write(
                LogKind.OUTCOMES,
                new LoggedOutcomes(),
                "part-a.avro",
                Outcomes.of(tape, predictions));
        return root.toUri().toString();
    }

    private static List<FeatureVector> vectors(List<Tick> tape) {
        FeatureSet set = FeatureSets.byName("market-v1");
        SymbolFeatures kernel = new SymbolFeatures(set);
        Map<String, SymbolState> states = new HashMap<>();
        List<FeatureVector> vectors = new ArrayList<>();
        for (Tick tick : tape) {
            SymbolState state = states.computeIfAbsent(tick.symbol(), name -> set.newState());
            FeatureVector vector = kernel.onTick(tick, state).vector();
            if (vector != null) {
                vectors.add(vector);
            }
        }
        return vectors;
    }

    /** What the join finds when each prediction comes right after all ticks, by two horizons. */
    private static final class Outcomes implements OutcomeSink {

        private final List<Outcome> all = new ArrayList<>();

        static List<Outcome> of(List<Tick> tape, List<Prediction> predictions) {
            OutcomeJoin join =
                    new OutcomeJoin(
                            new OutcomeRules(
                                    new SymbolQuality(
                                            QualityRules.DEFAULT, SymbolQuality.DEFAULT_SYMBOL_TTL),
                                    LabelRules.DEFAULT,
                                    List.of(HORIZON, Duration.ofSeconds(5)),
                                    Duration.ofHours(1),
                                    Duration.ofMinutes(10)));
            Outcomes found = new Outcomes();
            Map<String, SymbolOutcomes> symbols = new HashMap<>();
            for (Tick tick : tape) {
                symbols.computeIfAbsent(tick.symbol(), name -> new SymbolOutcomes());
                join.onTick(tick, symbols.get(tick.symbol()), found);
            }
            for (Prediction prediction : predictions) {
                join.onPrediction(prediction, symbols.get(prediction.symbol()), found);
            }
            return found.all;
        }

        @Override
        public void onOutcome(Outcome outcome) {
            all.add(outcome);
        }

        @Override
        public void onVote(PairedVote vote) {
            throw new AssertionError("there is one version");
        }

        @Override
        public void onLatePrediction(Prediction prediction) {
            throw new AssertionError("no tick was forgotten");
        }

        @Override
        public void onRepeatedPrediction(Prediction prediction) {
            throw new AssertionError("each comes once");
        }

        @Override
        public void onUnusedLabel(ExternalLabel label) {
            throw new AssertionError("there is no label");
        }
    }

    private static String place(String symbol, long micros) {
        return symbol + " " + micros;
    }

    /** To the bit, by symbol and time. */
    private static List<String> texts(List<TrainingRow> rows) {
        return rows.stream()
                .sorted(
                        Comparator.comparing(TrainingRow::symbol)
                                .thenComparingLong(TrainingRow::eventTimeMicros))
                .map(
                        row ->
                                "%s %s %s %d %d"
                                        .formatted(
                                                place(row.symbol(), row.eventTimeMicros()),
                                                Arrays.toString(row.values()),
                                                row.direction(),
                                                Double.doubleToLongBits(row.buyBps()),
                                                Double.doubleToLongBits(row.sellBps())))
                .toList();
    }

    private static void assertPlaces(List<TrainingRow> rows) {
        Map<String, TrainingRow> last = new HashMap<>();
        for (TrainingRow row : rows) {
            TrainingRow before = last.put(row.symbol(), row);
            assertThat(row.place()).isEqualTo(before == null ? 0 : before.place() + 1);
            assertThat(before == null || before.eventTimeMicros() <= row.eventTimeMicros())
                    .isTrue();
        }
    }
}
