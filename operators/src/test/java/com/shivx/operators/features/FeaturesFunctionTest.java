package com.shivx.operators.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesFunctionTest {

    private static final FeatureSet SET = FeatureSets.byName("market-v1");
    private static final Duration TTL = Duration.ofHours(1);
    private static final long START_MICROS = 1_400_000_000_000_000L;

    @Test
    void givesTheVectorsOfTheKernelForGoodTicksAndSetsTheOthersAside() throws Exception {
        List<Tick> tape = tape(500);
        Tick crossed =
                Tick.quote(
                        "A", tape.get(499).eventTimeMicros(), 0, Tick.NO_SEQUENCE, 102, 1, 101, 1);
        try (Harness harness = harness()) {
            harness.open();
            for (Tick tick : tape) {
                harness.take(tick);
            }
            harness.take(at(crossed, crossed.eventTimeMicros()));
            assertSameVectors(vectors(harness), kernelVectors(tape));
            assertThat(harness.getSideOutput(FeaturesFunction.SET_ASIDE))
                    .singleElement()
                    .extracting(record -> record.getValue().reason())
                    .isEqualTo(TickQuality.CROSSED);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
        }
    }

    @Test
    void restoresMidStreamWithoutDrift() throws Exception {
        List<Tick> tape = tape(400);
        List<FeatureVector> vectors = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (Harness before = harness()) {
            before.open();
            for (Tick tick : tape.subList(0, 217)) {
                before.take(tick);
            }
            vectors.addAll(vectors(before));
            snapshot = before.snapshot(1, 1);
        }
        try (Harness after = harness()) {
            after.initializeState(snapshot);
            after.open();
            for (Tick tick : tape.subList(217, 400)) {
                after.take(tick);
            }
            vectors.addAll(vectors(after));
        }
        assertSameVectors(vectors, kernelVectors(tape));
    }

    @Test
    void freesASilentSymbolOnceAndKeepsWhatQualityKnows() throws Exception {
        List<Tick> tape = tape(50);
        long last = tape.get(49).eventTimeMicros();
        try (Harness harness = harness()) {
            harness.open();
            for (Tick tick : tape) {
                harness.take(tick);
            }
            long full = harness.snapshotBytes();
            harness.processWatermark(last / 1_000 + TTL.toMillis());
            assertThat(harness.snapshotBytes()).isEqualTo(full);
            harness.processWatermark(last / 1_000 + 3 * TTL.toMillis());
            assertThat(harness.snapshotBytes()).isLessThan(full);
            assertThat(harness.numEventTimeTimers()).isZero();

            // The repeat of an old tick is still known, and a new one starts cold and is watched
            // again.
            harness.take(tape.get(0));
            harness.take(at(tape.get(0), last + 4 * TTL.toMillis() * 1_000));
            assertThat(harness.getSideOutput(FeaturesFunction.SET_ASIDE)).hasSize(1);
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
    @ValueSource(strings = {"0.1.0"})
    void goesOnFromTheStateOfARelease(String release) throws Exception {
        List<Tick> tape = tape(400);
        String file = "src/test/resources/features-" + release + ".state";
        if (Boolean.getBoolean("shivx.write-state") && !Files.exists(Path.of(file))) {
            try (Harness writer = harness()) {
                writer.open();
                for (Tick tick : tape.subList(0, 217)) {
                    writer.take(tick);
                }
                OperatorSnapshotUtil.writeStateHandle(writer.snapshot(1, 1), file);
            }
        }
        try (Harness harness = harness()) {
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

    private static Harness harness() throws Exception {
        return new Harness(new FeaturesFunction("market-v1", QualityRules.DEFAULT, TTL));
    }

    /** The function under keyed state on the heap. */
    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, IngestedTick, TickVector> {

        private long checkpoint = 100;

        Harness(FeaturesFunction function) throws Exception {
            super(new KeyedProcessOperator<>(function), in -> in.tick().symbol(), Types.STRING);
        }

        void take(Tick tick) throws Exception {
            processElement(new IngestedTick(tick, 0), tick.eventTimeMicros() / 1_000);
        }

        long snapshotBytes() throws Exception {
            return snapshot(++checkpoint, 1).getStateSize();
        }
    }
}
