package com.shivx.operators.features;

import com.shivx.features.SymbolState;
import com.shivx.features.tick.QualityState;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Symbols' states in the state backend: of a quiet symbol, less than a quarter of the bytes that
 * Flink's own serializer makes of it.
 *
 * <pre>
 * | flags | highest time | suspect time | trade sequence | quote sequence | numbers, by NumberRuns |
 * flags: bits 0-1 ticks accepted, bit 2 suspected, bit 3 trades sequenced, bit 4 quotes sequenced
 * </pre>
 *
 * <p>The layout is named by {@link Snapshot#LAYOUT}: another gets another number, and what was
 * stored in an older one is read by it and written anew on restore, as states are that 0.1.0 stored
 * as POJOs.
 */
final class SymbolStateSerializer extends TypeSerializer<SymbolState> {

    private static final long serialVersionUID = 1;

    private static final int ACCEPTED = 3;
    private static final int SUSPECTED = 4;
    private static final int TRADES_SEQUENCED = 8;
    private static final int QUOTES_SEQUENCED = 16;

    private transient @Nullable NumberRuns numbers;

    @Override
    public void serialize(SymbolState state, DataOutputView target) throws IOException {
        QualityState quality = state.quality;
        target.writeByte(
                quality.accepted
                        | (quality.suspected ? SUSPECTED : 0)
                        | (quality.tradesSequenced ? TRADES_SEQUENCED : 0)
                        | (quality.quotesSequenced ? QUOTES_SEQUENCED : 0));
        target.writeLong(quality.highestMicros);
        target.writeLong(quality.suspectMicros);
        target.writeLong(quality.tradeSequence);
        target.writeLong(quality.quoteSequence);
        numbers().write(state.slots, target);
    }

    @Override
    public SymbolState deserialize(DataInputView source) throws IOException {
        SymbolState state = new SymbolState();
        QualityState quality = state.quality;
        int flags = source.readByte();
        quality.accepted = flags & ACCEPTED;
        quality.suspected = (flags & SUSPECTED) != 0;
        quality.tradesSequenced = (flags & TRADES_SEQUENCED) != 0;
        quality.quotesSequenced = (flags & QUOTES_SEQUENCED) != 0;
        quality.highestMicros = source.readLong();
        quality.suspectMicros = source.readLong();
        quality.tradeSequence = source.readLong();
        quality.quoteSequence = source.readLong();
        state.slots = numbers().read(source);
        return state;
    }

    private NumberRuns numbers() {
        if (numbers == null) {
            numbers = new NumberRuns();
        }
        return numbers;
    }

    @Override
    public SymbolState deserialize(SymbolState reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public SymbolState copy(SymbolState from) {
        return from.copy();
    }

    @Override
    public SymbolState copy(SymbolState from, SymbolState reuse) {
        return from.copy();
    }

    @Override
    public SymbolState createInstance() {
        return new SymbolState();
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializer<SymbolState> duplicate() {
        return new SymbolStateSerializer();
    }

    @Override
    public TypeSerializerSnapshot<SymbolState> snapshotConfiguration() {
        return new Snapshot();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SymbolStateSerializer;
    }

    @Override
    public int hashCode() {
        return SymbolStateSerializer.class.hashCode();
    }

    /** How a savepoint names the layout: the class is never to be renamed. */
    public static final class Snapshot implements TypeSerializerSnapshot<SymbolState> {

        /** The only one so far. */
        private static final int LAYOUT = 1;

        @Override
        public int getCurrentVersion() {
            return LAYOUT;
        }

        @Override
        public void writeSnapshot(DataOutputView out) {
            // The version says it all.
        }

        @Override
        public void readSnapshot(int layout, DataInputView in, ClassLoader userClasses)
                throws IOException {
            if (layout != LAYOUT) {
                throw new IOException(
                        "Symbols' states are stored in layout %d, and this version of ShivX reads %d: restore them with a newer one"
                                .formatted(layout, LAYOUT));
            }
        }

        @Override
        public TypeSerializer<SymbolState> restoreSerializer() {
            return new SymbolStateSerializer();
        }

        @Override
        public TypeSerializerSchemaCompatibility<SymbolState> resolveSchemaCompatibility(
                TypeSerializerSnapshot<SymbolState> stored) {
            if (stored instanceof PojoSerializerSnapshot) {
                return TypeSerializerSchemaCompatibility.compatibleAfterMigration();
            }
            return stored instanceof Snapshot
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
