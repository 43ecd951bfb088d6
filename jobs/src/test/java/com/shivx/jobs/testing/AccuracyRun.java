package com.shivx.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.features.FeatureVector;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.OutcomeOptions;
import com.shivx.jobs.wire.OutcomeJson;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.ExternalLabel;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeStatus;
import com.shivx.models.outcome.VoteCount;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.LabelJson;
import com.shivx.models.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What goes into an accuracy job beside a scoring run, what comes out, and whether that is what
 * should.
 */
public final class AccuracyRun {

    /** How long after a prediction it is asked what happened, as options have it. */
    public static final String HORIZONS = "1 s;60 s";

    private static final int PARTITIONS = 4;

    private final KafkaProbe probe;
    private final Scoring run;

    /** Beside what the scoring of that name reads and writes, whose options it sets. */
    public AccuracyRun(KafkaProbe probe, Scoring run) {
        this.probe = probe;
        this.run = run;
        run.options()
                .set(
                        OutcomeOptions.HORIZONS,
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    }

    /** Sends predictions as a scoring job would. */
    public void send(List<Prediction> predictions) {
        PredictionJson json = new PredictionJson();
        for (Prediction prediction : predictions) {
            probe.send(
                    run.topic(Topic.PREDICTIONS),
                    prediction.symbol().getBytes(StandardCharsets.UTF_8),
                    json.write(prediction));
        }
        probe.flush();
    }

    /** Sends a label from outside. */
    public void send(ExternalLabel label) {
        LabelJson json = new LabelJson();
        probe.send(run.topic(Topic.LABELS), json.key(label), json.write(label));
    }

    /** The last tick of each symbol again, so much later. */
    public static List<Tick> later(List<Tick> tape, Duration by) {
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
    public void sendLatePredictions(Tick last) {
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

    /** How long after a prediction it is asked what happened, microseconds. */
    public static long[] horizonsMicros() {
        return new long[] {1_000_000, 60_000_000};
    }

    /** Returns when so many outcomes and the rows of those windows are committed. */
    public void await(int outcomes, Set<String> windows) throws Exception {
        Until.holds(
                "every outcome committed",
                () -> probe.count(run.topic(Topic.OUTCOMES)) >= outcomes);
        Until.holds(
                "every row committed",
                () ->
                        // What has been read is not read again before there can be enough.
                        probe.count(run.topic(Topic.ACCURACY)) >= windows.size()
                                && rows().keySet().containsAll(windows));
    }

    /** That these are committed, each once, by prediction id and horizon. */
    public void assertOutcomes(Map<String, ReplayedOutcomes.Result> expected) {
        OutcomeJson json = new OutcomeJson();
        Map<String, ReplayedOutcomes.Result> left = new HashMap<>(expected);
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

    /** That the committed rows are these, and all others hold nothing. */
    public void assertRows(ReplayedOutcomes expected) throws Exception {
        Map<String, AccuracyRow> rows = rows();
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

    /**
     * That they tell of how many symbols they are and what was served; those that an earlier
     * release began do not.
     */
    public void assertSources(ReplayedOutcomes expected) throws Exception {
        Map<String, AccuracyRow> rows = rows();
        expected.rows()
                .forEach(
                        (key, row) -> {
                            AccuracyCounts counts = rows.get(key).counts();
                            assertThat(counts.symbols()).as(key).isEqualTo(row.symbols.size());
                            assertThat(counts.served).as(key).isEqualTo(row.served);
                            assertThat(counts.unserved)
                                    .as(key)
                                    .isEqualTo(row.known + row.missing - row.served);
                        });
    }

    /** The committed rows by version, horizon and start of the window, separated by blanks. */
    public Map<String, AccuracyRow> rows() throws Exception {
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

    /** The first revision that is committed, if there is one. */
    public @Nullable Outcome revision() throws Exception {
        OutcomeJson json = new OutcomeJson();
        for (ConsumerRecord<byte[], byte[]> record : probe.committed(run.topic(Topic.OUTCOMES))) {
            Outcome outcome = json.readRecord(record.value());
            if (outcome.revision() == 1) {
                return outcome;
            }
        }
        return null;
    }
}
