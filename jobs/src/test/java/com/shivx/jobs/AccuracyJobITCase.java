package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.shivx.features.FeatureVector;
import com.shivx.features.label.Direction;
import com.shivx.features.testing.RealData;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.OutcomeOptions;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.ReplayedOutcomes;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.Until;
import com.shivx.jobs.wire.AccuracyRowJson;
import com.shivx.jobs.wire.LabelJson;
import com.shivx.jobs.wire.OutcomeJson;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.jobs.wire.UnreadableRecordException;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.ExternalLabel;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeStatus;
import com.shivx.models.outcome.VoteCount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole job on a real broker and a real cluster, as the shipped configuration has it. */
class AccuracyJobITCase {

    private static final long[] HORIZONS = {1_000_000, 60_000_000};
    private static final int PARTITIONS = 4;

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(0, null, Map.of());
        probe = new KafkaProbe(kafka.bootstrapServers());
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        flink =
                EmbeddedFlink.start(
                        EmbeddedFlink.configuration(root.resolve("flink-conf")), 1, null);
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
        probe.close();
        kafka.close();
    }

    @Test
    void outcomesOfRealTicksAreTheDefinitionsAlthoughTheTaskManagerDies() throws Exception {
        List<Tick> tape = Tape.ofFiles(List.of(RealData.folder("binance-2024-08")));
        assertOutcomesAreTheDefinitions("real", tape, Scoring.predictionsOf(tape), 1);
    }

    @Test
    void outcomesOfErraticTicksAreTheDefinitionsAlthoughTheTaskManagerDiesTwice() throws Exception {
        List<Tick> tape = Tape.of(6, 2_000, 9);
        List<Prediction> predictions = new ArrayList<>();
        for (Prediction prediction : Scoring.predictionsOf(tape)) {
            predictions.add(prediction);
            predictions.add(challengerOf(prediction));
        }
        assertOutcomesAreTheDefinitions("erratic", tape, predictions, 2);
    }

    private static void assertOutcomesAreTheDefinitions(
            String name, List<Tick> tape, List<Prediction> predictions, int deaths)
            throws Exception {
        List<Tick> whole = new ArrayList<>(tape);
        whole.addAll(later(tape, Duration.ofMinutes(30)));
        whole.addAll(later(tape, Duration.ofHours(3)));
        ReplayedOutcomes expected = new ReplayedOutcomes(whole, predictions, HORIZONS);

        Scoring run = new Scoring(probe, kafka.bootstrapServers(), name);
        run.options()
                .set(
                        OutcomeOptions.HORIZONS,
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(60)));
        JobClient job = submit(run.options());
        int rounds = deaths + 1;
        for (int round = 0; round < rounds; round++) {
            run.send(part(whole, round, rounds));
            send(run, part(predictions, round, rounds));
            if (round == rounds - 1) {
                sendLatePredictions(run, whole.get(whole.size() - 1));
            } else {
                int before = round;
                Until.holds(
                        "committed outcomes of round " + round,
                        () -> probe.count(run.topic(Topic.OUTCOMES)) > before * 1_000);
                flink.killTaskManager(flinkTaskManager++);
                flink.startTaskManager();
            }
        }
        Until.holds(
                "every outcome committed",
                () -> probe.count(run.topic(Topic.OUTCOMES)) >= expected.results().size());
        Until.holds(
                "every row committed",
                () ->
                        // What has been read is not read again before there can be enough.
                        probe.count(run.topic(Topic.ACCURACY)) >= expected.rows().size()
                                && rows(run).keySet().containsAll(expected.rows().keySet()));
        job.cancel().get();

        assertSameOutcomes(run, expected);
        assertSameRows(rows(run), expected);
    }

    private static int flinkTaskManager;

    private static void assertSameOutcomes(Scoring run, ReplayedOutcomes expected) {
        OutcomeJson json = new OutcomeJson();
        Map<String, ReplayedOutcomes.Result> left = new HashMap<>(expected.results());
        probe.forEachCommitted(
                run.topic(Topic.OUTCOMES),
                record -> {
                    Outcome outcome = outcome(json, record);
                    String id = outcome.prediction().predictionId() + " " + outcome.horizonMicros();
                    assertThat(left.remove(id))
                            .as("%s comes once", id)
                            .isEqualTo(
                                    new ReplayedOutcomes.Result(
                                            outcome.status() == OutcomeStatus.MISSING
                                                    ? "MISSING"
                                                    : String.valueOf(outcome.direction()),
                                            outcome.logReturn(),
                                            outcome.pnlBps(),
                                            outcome.buyBps(),
                                            outcome.sellBps(),
                                            outcome.instant(),
                                            outcome.decidedMicros()));
                });
        assertThat(left).isEmpty();
    }

    private static Outcome outcome(OutcomeJson json, ConsumerRecord<byte[], byte[]> record) {
        try {
            return json.readRecord(record.value());
        } catch (UnreadableRecordException e) {
            throw new AssertionError("no outcome: " + e.getMessage(), e);
        }
    }

    private static void assertSameRows(Map<String, AccuracyRow> rows, ReplayedOutcomes expected) {
        long known = 0;
        for (Map.Entry<String, ReplayedOutcomes.Row> entry : expected.rows().entrySet()) {
            ReplayedOutcomes.Row row = entry.getValue();
            AccuracyRow actual = rows.get(entry.getKey());
            assertThat(actual).as(entry.getKey()).isNotNull();
            assertThat(actual.counts().known).isEqualTo(row.known);
            assertThat(actual.counts().right).isEqualTo(row.right);
            assertThat(actual.counts().missing).isEqualTo(row.missing);
            assertThat(actual.counts().independent).isEqualTo(row.instants);
            assertThat(actual.counts().independentRight).isEqualTo(row.instantsRight);
            assertThat(actual.counts().positions).isEqualTo(row.positions);
            assertThat(actual.counts().pnlBps()).isCloseTo(row.pnlBps, within(1e-3));
            if (row.known > 0) {
                assertThat(actual.counts().logLoss())
                        .isCloseTo(row.logLoss / row.known, within(1e-6));
            }
            VoteCount votes = actual.votes().isEmpty() ? VoteCount.none("") : actual.votes().get(0);
            assertThat(List.of(votes.better(), votes.worse(), votes.even()))
                    .as(entry.getKey())
                    .containsExactly(row.better, row.worse, row.even);
            known += row.known;
        }
        assertThat(rows.values().stream().mapToLong(row -> row.counts().known).sum())
                .as("the other rows hold nothing")
                .isEqualTo(known);
    }

    private static Map<String, AccuracyRow> rows(Scoring run) throws Exception {
        AccuracyRowJson json = new AccuracyRowJson();
        Map<String, AccuracyRow> rows = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : probe.committed(run.topic(Topic.ACCURACY))) {
            AccuracyRow row = json.read(record.value());
            String key =
                    row.key().modelVersion()
                            + " "
                            + row.key().horizonMicros()
                            + " "
                            + row.windowStartMicros();
            assertThat(rows.put(key, row)).as("%s comes once", key).isNull();
        }
        return rows;
    }

    @Test
    void aLabelFromOutsideRevisesAndOneOfNothingIsADeadLetter() throws Exception {
        List<Tick> tape = Tape.of(1, 900, 3);
        List<Prediction> predictions = Scoring.predictionsOf(tape);
        Scoring run = new Scoring(probe, kafka.bootstrapServers(), "labelled");
        run.options().set(OutcomeOptions.HORIZONS, List.of(Duration.ofSeconds(1)));
        run.options().set(OutcomeOptions.LABEL_DELAY, Duration.ofSeconds(30));
        JobClient job = submit(run.options());
        run.send(tape);
        send(run, predictions);
        Until.holds("outcomes", () -> probe.count(run.topic(Topic.OUTCOMES)) > 0);
        Prediction labelled = predictions.get(predictions.size() - 100);
        send(run, label(labelled.eventTimeMicros()));
        send(run, label(labelled.eventTimeMicros() + 1));
        probe.send(run.topic(Topic.LABELS), new byte[0], "{}".getBytes(StandardCharsets.UTF_8));
        probe.flush();
        Until.holds("the revision", () -> revision(run) != null);
        run.send(later(tape, Duration.ofHours(3)));
        sendLatePredictions(run, later(tape, Duration.ofHours(3)).get(0));
        Until.holds("both dead letters", () -> probe.count(run.topic(Topic.DEAD_LETTERS)) == 2);
        job.cancel().get();

        Outcome revision = revision(run);
        assertThat(revision.prediction().predictionId()).isEqualTo(labelled.predictionId());
        assertThat(revision.direction()).isEqualTo(Direction.UP);
        assertThat(
                        probe.committed(run.topic(Topic.DEAD_LETTERS)).stream()
                                .map(
                                        record ->
                                                new String(
                                                        record.headers()
                                                                .lastHeader("shivx.error.reason")
                                                                .value(),
                                                        StandardCharsets.UTF_8)))
                .containsExactlyInAnyOrder("MISSING_FIELD", "UNUSED");
    }

    private static @Nullable Outcome revision(Scoring run) throws Exception {
        OutcomeJson json = new OutcomeJson();
        for (ConsumerRecord<byte[], byte[]> record : probe.committed(run.topic(Topic.OUTCOMES))) {
            Outcome outcome = json.readRecord(record.value());
            if (outcome.revision() == 1) {
                return outcome;
            }
        }
        return null;
    }

    private static ExternalLabel label(long micros) {
        return new ExternalLabel("S0", null, micros, 1_000_000, Direction.UP, 0.01);
    }

    /** Says the next class with the probabilities turned by one. */
    private static Prediction challengerOf(Prediction champion) {
        float[] p = champion.probabilities();
        float[] turned = {p[2], p[0], p[1]};
        int most = 0;
        for (int i = 1; i < 3; i++) {
            most = turned[i] > turned[most] ? i : most;
        }
        String[] classes = champion.classes();
        return new Prediction(
                champion.vectorId(),
                champion.modelId(),
                "9.0.0",
                champion.generation(),
                Role.SHADOW,
                false,
                champion.symbol(),
                champion.eventTimeMicros(),
                classes[most],
                turned[most],
                switch (classes[most]) {
                    case "UP" -> Action.BUY;
                    case "DOWN" -> Action.SELL;
                    default -> Action.HOLD;
                },
                classes,
                turned,
                champion.status());
    }

    /** The last tick of each symbol again, so much later. */
    private static List<Tick> later(List<Tick> tape, Duration by) {
        long last = tape.stream().mapToLong(Tick::eventTimeMicros).max().orElseThrow();
        Map<String, Tick> ticks = new LinkedHashMap<>();
        for (Tick tick : tape) {
            if (tick.kind() == TickKind.QUOTE || !ticks.containsKey(tick.symbol())) {
                ticks.put(tick.symbol(), tick);
            }
        }
        long micros = last + TimeUnit.MICROSECONDS.convert(by);
        return ticks.values().stream()
                .map(
                        tick ->
                                new Tick(
                                        tick.symbol(),
                                        tick.kind(),
                                        micros,
                                        micros,
                                        tick.hasSequence()
                                                ? tick.sequence() + by.toMillis()
                                                : Tick.NO_SEQUENCE,
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

    /** To every partition, so that event time goes on: of symbols nobody else has. */
    private static void sendLatePredictions(Scoring run, Tick last) {
        PredictionJson json = new PredictionJson();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            Tick tick = Tick.trade("late" + partition, last.eventTimeMicros(), 0, 1, 1, 1, null);
            Prediction prediction =
                    new Prediction(
                            FeatureVector.idOf(tick, "00000000"),
                            "late",
                            "1.0.0",
                            0,
                            Role.CHAMPION,
                            true,
                            tick.symbol(),
                            tick.eventTimeMicros(),
                            "UP",
                            1,
                            Action.BUY,
                            new String[] {"UP"},
                            new float[] {1},
                            PredictionStatus.OK);
            probe.send(
                    new ProducerRecord<>(
                            run.topic(Topic.PREDICTIONS),
                            partition,
                            tick.symbol().getBytes(StandardCharsets.UTF_8),
                            json.write(prediction)));
        }
        probe.flush();
    }

    private static void send(Scoring run, List<Prediction> predictions) {
        PredictionJson json = new PredictionJson();
        for (Prediction prediction : predictions) {
            probe.send(
                    run.topic(Topic.PREDICTIONS),
                    prediction.symbol().getBytes(StandardCharsets.UTF_8),
                    json.write(prediction));
        }
        probe.flush();
    }

    private static void send(Scoring run, ExternalLabel label) {
        LabelJson json = new LabelJson();
        probe.send(run.topic(Topic.LABELS), json.key(label), json.write(label));
    }

    private static <T> List<T> part(List<T> all, int round, int rounds) {
        return all.subList(all.size() * round / rounds, all.size() * (round + 1) / rounds);
    }

    private static JobClient submit(Configuration options) throws Exception {
        StreamExecutionEnvironment env = flink.environment(new Configuration());
        AccuracyJob.build(env, options);
        return env.executeAsync(AccuracyJob.NAME);
    }
}
