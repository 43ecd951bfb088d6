package com.shivx.operators.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.FeatureSets;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.Tick;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SymbolStateSerializerTest {

    private static final double OTHER_NAN = Double.longBitsToDouble(0x7ff8_0000_0000_0001L);

    private final SymbolStateSerializer serializer = new SymbolStateSerializer();

    static Stream<double[]> numbers() {
        Random random = new Random(7);
        return Stream.concat(
                Stream.of(
                        new double[] {},
                        new double[] {0},
                        new double[] {-0.0, 0, 0, -0.0},
                        new double[] {Double.NaN, OTHER_NAN, OTHER_NAN, Double.NaN},
                        new double[] {Double.MIN_VALUE, Double.NEGATIVE_INFINITY, 1, 1, 1},
                        new double[493]),
                // All lengths around a whole group, with and without repeats.
                Stream.iterate(1, length -> length + 1)
                        .limit(50)
                        .map(
                                length ->
                                        random.doubles(length)
                                                .map(number -> Math.floor(number * 3))
                                                .toArray()));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void keepsEveryBit(double[] numbers) throws IOException {
        SymbolState state = new SymbolState();
        state.slots = numbers;
        state.quality.accepted = 2;
        state.quality.highestMicros = Long.MIN_VALUE;
        state.quality.suspected = true;
        state.quality.suspectMicros = Long.MAX_VALUE;
        state.quality.quotesSequenced = true;
        state.quality.quoteSequence = -1;
        SymbolState read = serializer.deserialize(new DataInputDeserializer(bytes(state)));
        assertThat(bits(read.slots)).isEqualTo(bits(numbers));
        assertThat(read.quality).usingRecursiveComparison().isEqualTo(state.quality);
    }

    /**
     * As Flink copies what it moves between backends: the next state begins where this one ends.
     */
    @Test
    void readsAndCopiesOneAfterAnother() throws IOException {
        SymbolState first = new SymbolState();
        first.slots = new double[] {1, 2, 2};
        SymbolState second = new SymbolState();
        second.slots = new double[] {3};
        DataOutputSerializer both = new DataOutputSerializer(1);
        serializer.serialize(first, both);
        serializer.serialize(second, both);
        DataInputDeserializer source = new DataInputDeserializer(both.getCopyOfBuffer());
        DataOutputSerializer copied = new DataOutputSerializer(1);
        serializer.copy(source, copied);
        serializer.copy(source, copied);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(both.getCopyOfBuffer());
    }

    @Test
    void takesAQuarterOfThePojoForAQuietSymbol() throws IOException {
        SymbolFeatures kernel = new SymbolFeatures(FeatureSets.byName("market-v1"));
        SymbolState state = kernel.features().newState();
        long micros = 0;
        for (int tick = 0; tick < 40; tick++) {
            micros += 20_000_000;
            double mid = 100 + Math.sin(tick);
            kernel.onTick(
                    Tick.quote("A", micros, micros, tick, mid - 0.01, 3, mid + 0.01, 2), state);
        }
        DataOutputSerializer pojo = new DataOutputSerializer(1);
        pojo().serialize(state, pojo);
        assertThat(bytes(state)).hasSizeLessThan(pojo.length() / 4);
    }

    @Test
    void readsWhatItsOwnAndTheFirstReleaseStored() throws IOException {
        TypeSerializerSnapshot<SymbolState> now = serializer.snapshotConfiguration();
        assertThat(now.resolveSchemaCompatibility(pojo().snapshotConfiguration()))
                .matches(found -> found.isCompatibleAfterMigration());
        assertThat(now.resolveSchemaCompatibility(stored(now)))
                .matches(found -> found.isCompatibleAsIs());
        assertThat(stored(now).restoreSerializer()).isEqualTo(serializer);
    }

    @Test
    void refusesALayoutItDoesNotKnow() {
        assertThatThrownBy(
                        () ->
                                new SymbolStateSerializer.Snapshot()
                                        .readSnapshot(
                                                2,
                                                new DataInputDeserializer(new byte[0]),
                                                getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 2")
                .hasMessageContaining("newer");
    }

    /** A snapshot as a savepoint gives it back. */
    private static TypeSerializerSnapshot<SymbolState> stored(
            TypeSerializerSnapshot<SymbolState> snapshot) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(out, snapshot);
        return TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()),
                SymbolStateSerializerTest.class.getClassLoader());
    }

    private static TypeSerializer<SymbolState> pojo() {
        return TypeInformation.of(SymbolState.class).createSerializer(new SerializerConfigImpl());
    }

    private byte[] bytes(SymbolState state) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(1);
        serializer.serialize(state, target);
        return target.getCopyOfBuffer();
    }

    private static long[] bits(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray();
    }
}
