package com.shivx.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.testing.TestResources;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import com.shivx.operators.state.CacheLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesOperatorTest {

    private static final FeatureSet SET = FeatureSets.byName("market-v1");
    private static final Duration TTL = Duration.ofHours(1);
    private static final long START_MICROS = 1_400_000_000_000_000L;

    /**
     * How state is held: as the backend keeps it, cached with room for all, cached with too little.
     */
    enum Held {
        ON_HEAP(null),
        DIRECT(null),
        CACHED(new CacheLimits(1_000, 1 << 20, 1_000)),
        SQUEEZED(new CacheLimits(2, 1 << 20, 1));

        private final @Nullable CacheLimits cache;

        Held(@Nullable CacheLimits cache) {
            this.cache = cache;
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheVectorsOfTheKernelForGoodTicksAndSetsTheOthersAside(Held held) throws Exception {
        List<Tick> tape = tape(500);
        Tick crossed =
                Tick.quote(
                        "A", tape.get(499).eventTimeMicros(), 0, Tick.NO_SEQUENCE, 102, 1, 101, 1);
        try (Harness harness = harness(held)) {
            harness.open();
            for (Tick tick : tape) {
                harness.take(tick);
            }
            harness.take(at(crossed, crossed.eventTimeMicros()));
            assertSameVectors(vectors(harness), kernelVectors(tape));
            assertThat(harness.getSideOutput(FeaturesOperator.SET_ASIDE))
                    .singleElement()
                    .extracting(record -> record.getValue().reason())
                    .isEqualTo(TickQuality.CROSSED);
            assertThat(harness.storedSlots()).containsOnlyKeys("A");
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void restoresMidStreamWithoutDrift(Held held) throws Exception {
        List<Tick> tape = tape(400);
        List<FeatureVector> vectors = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (Harness before = harness(held)) {
            before.open();
            for (Tick tick : tape.subList(0, 217)) {
                before.take(tick);
            }
            vectors.addAll(vectors(before));
            snapshot = before.snapshot(1, 1);
        }
        try (Harness after = harness(held)) {
            after.initializeState(snapshot);
            after.open();
            for (Tick tick : tape.subList(217, 400)) {
                after.take(tick);
            }
            vectors.addAll(vectors(after));
        }
        assertSameVectors(vectors, kernelVectors(tape));
    }

    /** Seven symbols by turns, of which two at most are on the heap. */
    @Test
    void keepsApartMoreSymbolsThanItHolds() throws Exception {
        List<Tick> tape = tape(400);
        List<String> symbols = List.of("A", "B", "C", "D", "E", "F", "G");
        OperatorSubtaskState snapshot;
        try (Harness before = harness(Held.SQUEEZED)) {
            before.open();
            for (Tick tick : tape.subList(0, 217)) {
                for (String symbol : symbols) {
                    before.take(of(symbol, tick));
                }
            }
            snapshot = before.snapshot(1, 1);
            assertThat(before.storedSlots()).containsOnlyKeys(symbols);
        }
        try (Harness after = harness(Held.SQUEEZED)) {
            after.initializeState(snapshot);
            after.open();
            for (Tick tick : tape.subList(217, 400)) {
                for (String symbol : symbols) {
                    after.take(of(symbol, tick));
                }
            }
            List<FeatureVector> expected = kernelVectors(tape).subList(217, 400);
            for (String symbol : symbols) {
                List<float[]> actual =
                        vectors(after).stream()
                                .filter(vector -> vector.symbol().equals(symbol))
                                .map(FeatureVector::values)
                                .toList();
                assertThat(actual)
                        .as(symbol)
                        .containsExactlyElementsOf(
                                expected.stream().map(FeatureVector::values).toList());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void freesASilentSymbolOnceAndKeepsWhatQualityKnows(Held held) throws Exception {
        List<Tick> tape = tape(50);
        long last = tape.get(49).eventTimeMicros();
        try (Harness harness = harness(held)) {
            harness.open();
            for (Tick tick : tape) {
                harness.take(tick);
            }
            harness.processWatermark(last / 1_000 + TTL.toMillis());
            assertThat(harness.storedSlots()).doesNotContainValue(0);
            harness.processWatermark(last / 1_000 + 3 * TTL.toMillis());
            assertThat(harness.storedSlots()).isEqualTo(Map.of("A", 0));
            assertThat(harness.numEventTimeTimers()).isZero();

            // The repeat of an old tick is still known, and a new one starts cold and is watched
            // again.
            harness.take(tape.get(0));
            harness.take(at(tape.get(0), last + 4 * TTL.toMillis() * 1_000));
            assertThat(harness.getSideOutput(FeaturesOperator.SET_ASIDE)).hasSize(1);
            List<FeatureVector> vectors = vectors(harness);
            assertThat(vectors.get(vectors.size() - 1).ready()).isFalse();
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
        }
    }

    /**
     * A state that an earlier release wrote goes on as if never interrupted. Files are added for
     * releases that change what is written, and never replaced: {@code -Dshivx.write-state=true}
     * writes those that are missing.
     */
    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "0.1.0-layout-1"})
    void goesOnFromTheStateOfARelease(String release) throws Exception {
        List<Tick> tape = tape(400);
        String file = TestResources.file("features-" + release + ".state").toString();
        if (Boolean.getBoolean("shivx.write-state") && !Files.exists(Path.of(file))) {
            try (Harness writer = harness(Held.ON_HEAP)) {
                writer.open();
                for (Tick tick : tape.subList(0, 217)) {
                    writer.take(tick);
                }
                OperatorSnapshotUtil.writeStateHandle(writer.snapshot(1, 1), file);
            }
        }
        try (Harness harness = harness(Held.ON_HEAP)) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(file));
            harness.open();
            for (Tick tick : tape.subList(217, 400)) {
                harness.take(tick);
            }
            assertSameVectors(vectors(harness), kernelVectors(tape).subList(217, 400));
        }
    }

    /** A quote every 400 ms, mid a slow wave, with a trade at every fifth. */
    private static List<Tick> tape(int count) {
        List<Tick> tape = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long micros = START_MICROS + i * 400_000L;
            double mid = 100 + Math.sin(i / 20.0);
            tape.add(
                    i % 5 == 4
                            ? Tick.trade("A", micros, micros, i, mid, 1 + i % 7, null)
                            : Tick.quote(
                                    "A",
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

    private static Tick at(Tick tick, long micros) {
        return Tick.quote(
                tick.symbol(), micros, micros, 1_000_000, tick.bidPrice(), 1, tick.askPrice(), 1);
    }

    private static List<FeatureVector> kernelVectors(List<Tick> tape) {
        SymbolFeatures kernel = new SymbolFeatures(SET, QualityRules.DEFAULT, TTL);
        SymbolState state = SET.newState();
        List<FeatureVector> vectors = new ArrayList<>();
        for (Tick tick : tape) {
            FeatureVector vector = kernel.onTick(tick, state).vector();
            assertThat(vector).isNotNull();
            vectors.add(vector);
        }
        return vectors;
    }

    private static List<FeatureVector> vectors(Harness harness) {
        List<FeatureVector> vectors = new ArrayList<>();
        for (StreamRecord<? extends TickVector> record : harness.getRecordOutput()) {
            vectors.add(record.getValue().vector());
        }
        return vectors;
    }

    private static void assertSameVectors(
            List<FeatureVector> actual, List<FeatureVector> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).vectorId()).isEqualTo(expected.get(i).vectorId());
            assertThat(actual.get(i).ready()).isEqualTo(expected.get(i).ready());
            assertThat(actual.get(i).values())
                    .as("values of vector %d", i)
                    .isEqualTo(expected.get(i).values());
        }
    }

    private static Tick of(String symbol, Tick tick) {
        return new Tick(
                symbol,
                tick.kind(),
                tick.eventTimeMicros(),
                tick.receivedMicros(),
                tick.sequence(),
                tick.row(),
                tick.price(),
                tick.size(),
                tick.aggressor(),
                tick.bidPrice(),
                tick.bidSize(),
                tick.askPrice(),
                tick.askSize());
    }

    private static Harness harness(Held held) throws Exception {
        Harness harness =
                new Harness(new FeatureRules("market-v1", QualityRules.DEFAULT, TTL, held.cache));
        if (held != Held.ON_HEAP) {
            harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        }
        return harness;
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, IngestedTick, TickVector> {

        private long checkpoint = 100;

        Harness(FeatureRules rules) throws Exception {
            super(FeaturesOperator.factory(rules), in -> in.tick().symbol(), Types.STRING);
        }

        void take(Tick tick) throws Exception {
            processElement(new IngestedTick(tick, 0), tick.eventTimeMicros() / 1_000);
        }

        /** Numbers by symbol, as the state backend has them after a snapshot. */
        Map<String, Integer> storedSlots() throws Exception {
            snapshot(++checkpoint, 1);
            KeyedStateBackend<String> backend =
                    ((FeaturesOperator) getOperator()).getKeyedStateBackend();
            Map<String, Integer> slots = new TreeMap<>();
            for (String symbol :
                    backend.<VoidNamespace>getKeys("symbol", VoidNamespace.INSTANCE).toList()) {
                backend.setCurrentKey(symbol);
                SymbolState state =
                        backend.getPartitionedState(
                                        VoidNamespace.INSTANCE,
                                        VoidNamespaceSerializer.INSTANCE,
                                        SymbolsOperator.symbolState())
                                .value();
                slots.put(symbol, state.slots.length);
            }
            return slots;
        }
    }
}
