package com.shivx.operators.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolQuality;
import com.shivx.features.label.Direction;
import com.shivx.features.label.LabelRules;
import com.shivx.features.testing.SimulatedTape;
import com.shivx.features.testing.TestResources;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.outcome.AccuracyPart;
import com.shivx.models.outcome.ExternalLabel;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeRules;
import com.shivx.models.outcome.OutcomeStatus;
import com.shivx.operators.state.CacheLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesOperatorTest {

    private static final long SECOND = 1_000_000;

    /** As the backend keeps it, cached with room for all, cached with too little. */
    enum Held {
        ON_HEAP(null),
        DIRECT(null),
        CACHED(new CacheLimits(1_000, 1 << 24, 1_000)),
        SQUEEZED(new CacheLimits(1, 1, 1));

        private final @Nullable CacheLimits cache;

        Held(@Nullable CacheLimits cache) {
            this.cache = cache;
        }
    }

    @ParameterizedTest
    @EnumSource
    void restoresMidStreamWithoutLosingOrRepeatingAnOutcome(Held held) throws Exception {
        List<OutcomeInput> inputs = inputs(300);
        List<Outcome> whole = new ArrayList<>();
        Map<String, Long> wholeParts = new TreeMap<>();
        try (Harness harness = harness(Held.ON_HEAP)) {
            harness.open();
            harness.takeAll(inputs);
            harness.processWatermark(Long.MAX_VALUE);
            whole.addAll(outcomes(harness));
            addParts(harness, wholeParts);
            assertThat(harness.numKeyedStateEntries()).as("only heads are left").isEqualTo(2);
            assertThat(harness.numEventTimeTimers()).isZero();
        }

        List<Outcome> outcomes = new ArrayList<>();
        Map<String, Long> parts = new TreeMap<>();
        OperatorSubtaskState snapshot = null;
        int cut = inputs.size() / 3;
        for (int from = 0; from < inputs.size(); from += cut) {
            try (Harness harness = harness(held)) {
                if (snapshot != null) {
                    harness.initializeState(snapshot);
                }
                harness.open();
                harness.takeAll(inputs.subList(from, Math.min(from + cut, inputs.size())));
                harness.prepareSnapshotPreBarrier(from);
                snapshot = harness.snapshot(from, from);
                if (from + cut >= inputs.size()) {
                    harness.processWatermark(Long.MAX_VALUE);
                }
                outcomes.addAll(outcomes(harness));
                addParts(harness, parts);
            }
        }

        // Every good tick was predicted twice, over two horizons.
        assertThat(whole).hasSizeGreaterThan(2_000);
        assertThat(texts(outcomes)).isEqualTo(texts(whole));
        assertThat(parts).isEqualTo(wholeParts);
    }

    @Test
    void tellsWhatIsMissingBeforeTheWindowItBelongsToCloses() throws Exception {
        Tick tick = SimulatedTape.mixed(1).ticks(1).get(0);
        try (Harness harness = harness(Held.CACHED)) {
            harness.open();
            harness.take(OutcomeInput.of(tick));
            harness.take(OutcomeInput.of(prediction(tick, "1.0.0", Role.CHAMPION)));
            long due = tick.eventTimeMicros() + SECOND + TimeUnit.HOURS.toMicros(1);
            long windowEnd = Math.floorDiv(due, 60 * SECOND) * 60_000 + 60_000;
            harness.processWatermark(windowEnd - 1);

            assertThat(outcomes(harness))
                    .filteredOn(outcome -> outcome.horizonMicros() == SECOND)
                    .singleElement()
                    .satisfies(
                            outcome -> {
                                assertThat(outcome.status()).isEqualTo(OutcomeStatus.MISSING);
                                assertThat(outcome.decidedMicros()).isEqualTo(due);
                            });
            List<Object> order = new ArrayList<>(harness.getOutput());
            assertThat(order.get(order.size() - 1)).isEqualTo(new Watermark(windowEnd - 1));
            assertThat(parts(harness)).isNotEmpty();
        }
    }

    @Test
    void aLabelOfNothingGoesToTheSide() throws Exception {
        ExternalLabel label =
                new ExternalLabel("A", null, SECOND, SECOND, Direction.UP, Double.NaN);
        try (Harness harness = harness(Held.DIRECT)) {
            harness.open();
            harness.take(OutcomeInput.of(label));
            harness.processWatermark(Long.MAX_VALUE);

            assertThat(harness.getSideOutput(OutcomesOperator.UNUSED_LABELS))
                    .extracting(StreamRecord::getValue)
                    .containsExactly(label);
        }
    }

    /**
     * A state that an earlier release wrote goes on as if never interrupted. Files are added for
     * releases that change what is written, and never replaced: {@code -Dshivx.write-state=true}
     * writes those that are missing.
     */
    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void goesOnFromTheStateOfARelease(String release) throws Exception {
        List<OutcomeInput> inputs = storedInputs();
        int cut = 500;
        String file = TestResources.file("outcomes-" + release + ".state").toString();
        if (Boolean.getBoolean("shivx.write-state") && !Files.exists(Path.of(file))) {
            try (Harness writer = harness(Held.ON_HEAP)) {
                writer.open();
                writer.takeAll(inputs.subList(0, cut));
                writer.prepareSnapshotPreBarrier(1);
                OperatorSnapshotUtil.writeStateHandle(writer.snapshot(1, 1), file);
            }
        }
        List<String> expected = new ArrayList<>();
        Map<String, Long> expectedParts = new TreeMap<>();
        try (Harness whole = harness(Held.ON_HEAP)) {
            whole.open();
            whole.takeAll(inputs.subList(0, cut));
            whole.prepareSnapshotPreBarrier(1);
            int before = outcomes(whole).size();
            assertThat(whole.stored())
                    .containsExactly("decided", "early", "head", "labels", "ticks", "waiting");
            Map<String, Long> partsBefore = new TreeMap<>();
            addParts(whole, partsBefore);
            whole.takeAll(inputs.subList(cut, inputs.size()));
            whole.processWatermark(Long.MAX_VALUE);
            expected.addAll(texts(outcomes(whole).subList(before, outcomes(whole).size())));
            addParts(whole, expectedParts);
            partsBefore.forEach((key, sum) -> expectedParts.merge(key, -sum, Long::sum));
            expectedParts.values().removeIf(sum -> sum == 0);
        }

        try (Harness harness = harness(Held.ON_HEAP)) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
            harness.takeAll(inputs.subList(cut, inputs.size()));
            harness.processWatermark(Long.MAX_VALUE);

            assertThat(texts(outcomes(harness))).isEqualTo(expected);
            Map<String, Long> parts = new TreeMap<>();
            addParts(harness, parts);
            parts.values().removeIf(sum -> sum == 0);
            assertThat(parts).isEqualTo(expectedParts);
            assertThat(harness.getSideOutput(OutcomesOperator.UNUSED_LABELS)).hasSize(1);
        }
    }

    /**
     * Never to be changed: stored states hold what it left behind. Predictions of A come ten ticks
     * after theirs, those of B ten before; a label revises, one comes before its prediction, one is
     * of nothing.
     */
    private static List<OutcomeInput> storedInputs() {
        int count = 200;
        List<Tick> a = storedTape("A", count);
        List<Tick> b = storedTape("B", count);
        List<OutcomeInput> inputs = new ArrayList<>();
        for (int i = -10; i < count + 10; i++) {
            if (i >= 0 && i < count) {
                inputs.add(OutcomeInput.of(a.get(i)));
                inputs.add(OutcomeInput.of(b.get(i)));
            }
            if (i == 50) {
                inputs.add(OutcomeInput.of(label(a.get(150).eventTimeMicros(), Direction.UP)));
                inputs.add(OutcomeInput.of(label(a.get(50).eventTimeMicros() + 1, Direction.UP)));
            }
            if (i == 120) {
                inputs.add(OutcomeInput.of(label(a.get(75).eventTimeMicros(), Direction.FLAT)));
            }
            for (Tick tick : List.of(a.get(clamp(i - 10, count)), b.get(clamp(i + 10, count)))) {
                inputs.add(OutcomeInput.of(prediction(tick, "1.0.0", Role.CHAMPION)));
                inputs.add(OutcomeInput.of(prediction(tick, "2.0.0", Role.SHADOW)));
            }
        }
        return inputs;
    }

    /** Some come again at both ends, as nothing keeps a topic from doing. */
    private static int clamp(int i, int count) {
        return Math.max(0, Math.min(count - 1, i));
    }

    /** A quote every 400 ms, mid a slow wave, with a trade at every fifth. */
    private static List<Tick> storedTape(String symbol, int count) {
        List<Tick> tape = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long micros = 1_700_000_000_000_000L + i * 400_000L;
            double mid = 100 + StrictMath.sin(i / 20.0) + i % 3 / 100.0;
            tape.add(
                    i % 5 == 4
                            ? Tick.trade(symbol, micros, micros, i, mid, 1 + i % 7, null)
                            : Tick.quote(
                                    symbol,
                                    micros,
                                    micros,
                                    i,
                                    mid - 0.01,
                                    3 + i % 4,
                                    mid + 0.01,
                                    2 + i % 3));
        }
        return tape;
    }

    private static ExternalLabel label(long micros, Direction direction) {
        return new ExternalLabel("A", null, micros, SECOND, direction, 0.001);
    }

    /** Two symbols; predictions forty ticks behind. */
    private static List<OutcomeInput> inputs(int ticks) {
        List<Tick> mixed = SimulatedTape.mixed(3).ticks(ticks);
        List<Tick> quotes = SimulatedTape.quotesOnly(4).ticks(ticks);
        List<Tick> tape = new ArrayList<>();
        for (int i = 0; i < ticks; i++) {
            tape.add(mixed.get(i));
            tape.add(quotes.get(i));
        }
        List<OutcomeInput> inputs = new ArrayList<>();
        for (int i = 0; i < tape.size() + 40; i++) {
            if (i < tape.size()) {
                inputs.add(OutcomeInput.of(tape.get(i)));
            }
            if (i >= 40) {
                inputs.add(OutcomeInput.of(prediction(tape.get(i - 40), "1.0.0", Role.CHAMPION)));
                inputs.add(OutcomeInput.of(prediction(tape.get(i - 40), "2.0.0", Role.SHADOW)));
            }
        }
        return inputs;
    }

    private static Prediction prediction(Tick tick, String version, Role role) {
        boolean up = (tick.eventTimeMicros() / 1_000 + version.hashCode()) % 2 == 0;
        return new Prediction(
                FeatureVector.idOf(tick, "0a1b2c3d"),
                "direction",
                version,
                1,
                role,
                role == Role.CHAMPION,
                tick.symbol(),
                tick.eventTimeMicros(),
                up ? "UP" : "DOWN",
                0.5f,
                up ? Action.BUY : Action.SELL,
                new String[] {"DOWN", "FLAT", "UP"},
                up ? new float[] {0.25f, 0.25f, 0.5f} : new float[] {0.5f, 0.25f, 0.25f},
                PredictionStatus.OK);
    }

    private static List<String> texts(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(
                        outcome ->
                                outcome.prediction().predictionId()
                                        + " "
                                        + outcome.horizonMicros()
                                        + " "
                                        + outcome.revision()
                                        + " "
                                        + outcome.source()
                                        + " "
                                        + outcome.direction()
                                        + " "
                                        + outcome.logReturn()
                                        + " "
                                        + outcome.thresholdKind()
                                        + " "
                                        + outcome.takerFeeBps()
                                        + " "
                                        + outcome.pnlBps()
                                        + " "
                                        + outcome.buyBps()
                                        + " "
                                        + outcome.sellBps()
                                        + " "
                                        + outcome.instant()
                                        + " "
                                        + outcome.decidedMicros())
                .sorted()
                .toList();
    }

    private static List<Outcome> outcomes(Harness harness) {
        return harness.extractOutputValues();
    }

    private static List<AccuracyPart> parts(Harness harness) {
        Queue<StreamRecord<AccuracyPart>> parts = harness.getSideOutput(OutcomesOperator.ACCURACY);
        return parts == null ? List.of() : parts.stream().map(StreamRecord::getValue).toList();
    }

    /** However they are split, they add up to the same. */
    private static void addParts(Harness harness, Map<String, Long> sums) {
        for (AccuracyPart part : parts(harness)) {
            String key = part.key().text() + " " + part.windowStartMicros() + " ";
            if (part.counts() == null) {
                sums.merge(
                        key + part.champion() + " " + part.slice(), (long) part.votes(), Long::sum);
            } else {
                sums.merge(key + "known", part.counts().known, Long::sum);
                sums.merge(key + "right", part.counts().right, Long::sum);
                sums.merge(key + "missing", part.counts().missing, Long::sum);
                sums.merge(key + "log-loss", part.counts().logLossBillionths, Long::sum);
                sums.merge(key + "pnl", part.counts().pnlMillionths, Long::sum);
            }
        }
    }

    private static Harness harness(Held held) throws Exception {
        OutcomeRules rules =
                new OutcomeRules(
                        new SymbolQuality(QualityRules.DEFAULT, SymbolQuality.DEFAULT_SYMBOL_TTL),
                        LabelRules.DEFAULT,
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1));
        Harness harness =
                new Harness(new OutcomesSettings(rules, Duration.ofMinutes(1), held.cache));
        if (held != Held.ON_HEAP) {
            harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        }
        return harness;
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, OutcomeInput, Outcome> {

        private long highestMicros = Long.MIN_VALUE;

        /** The names of states that hold something of any symbol. */
        Set<String> stored() {
            Set<String> stored = new TreeSet<>();
            for (String name : List.of("head", "ticks", "early", "waiting", "decided", "labels")) {
                KeyedStateBackend<String> backend =
                        ((OutcomesOperator) getOperator()).getKeyedStateBackend();
                if (backend.getKeys(name, VoidNamespace.INSTANCE).findAny().isPresent()) {
                    stored.add(name);
                }
            }
            return stored;
        }

        Harness(OutcomesSettings settings) throws Exception {
            super(OutcomesOperator.factory(settings), OutcomeInput::symbol, Types.STRING);
        }

        void take(OutcomeInput input) throws Exception {
            processElement(new StreamRecord<>(input));
        }

        /** With the watermark that predictions leave it. */
        void takeAll(List<OutcomeInput> inputs) throws Exception {
            for (OutcomeInput input : inputs) {
                take(input);
                Prediction prediction = input.prediction();
                if (prediction != null) {
                    highestMicros = Math.max(highestMicros, prediction.eventTimeMicros());
                    if (prediction.role() == Role.SHADOW) {
                        processWatermark(highestMicros / 1_000 - 300_000);
                    }
                }
            }
        }
    }
}
