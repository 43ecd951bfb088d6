package com.shivx.operators.features;

import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.TextCache;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Ticks on their way between subtasks. No state holds them, so the bytes need not outlive a job's
 * run; a record of strings and enums costs Flink's own serializer four times as much.
 *
 * <pre>
 * | flags | symbol's length | symbol, UTF-8 | event time | received | sequence | row | written |
 * | trade: price, size; quote: bid price, bid size, ask price, ask size; a tick of both: all six |
 * flags: bit 0 quote, bits 1-2 aggressor (0 none, 1 BUY, 2 SELL), bit 3 all six numbers
 * </pre>
 */
final class IngestedTickSerializer extends TypeSerializer<IngestedTick> {

    private static final long serialVersionUID = 1;

    private static final int QUOTE = 1;
    private static final int AGGRESSOR_SHIFT = 1;
    private static final int AGGRESSOR_MASK = 3;
    private static final int ALL_NUMBERS = 8;

    private transient @Nullable TextCache symbols;
    private transient byte @Nullable [] symbol;

    @Override
    public void serialize(IngestedTick record, DataOutputView target) throws IOException {
        Tick tick = record.tick();
        boolean quote = tick.kind() == TickKind.QUOTE;
        boolean all = hasNumbersOfTheOtherKind(tick, quote);
        byte[] name = tick.symbol().getBytes(StandardCharsets.UTF_8);
        target.writeByte(
                (quote ? QUOTE : 0)
                        | aggressorBits(tick.aggressor()) << AGGRESSOR_SHIFT
                        | (all ? ALL_NUMBERS : 0));
        target.writeInt(name.length);
        target.write(name, 0, name.length);
        target.writeLong(tick.eventTimeMicros());
        target.writeLong(tick.receivedMicros());
        target.writeLong(tick.sequence());
        target.writeLong(tick.row());
        target.writeLong(record.writtenMillis());
        if (!quote || all) {
            target.writeDouble(tick.price());
            target.writeDouble(tick.size());
        }
        if (quote || all) {
            target.writeDouble(tick.bidPrice());
            target.writeDouble(tick.bidSize());
            target.writeDouble(tick.askPrice());
            target.writeDouble(tick.askSize());
        }
    }

    @Override
    public IngestedTick deserialize(DataInputView source) throws IOException {
        int flags = source.readByte();
        boolean quote = (flags & QUOTE) != 0;
        boolean all = (flags & ALL_NUMBERS) != 0;
        String name = readSymbol(source);
        long eventTimeMicros = source.readLong();
        long receivedMicros = source.readLong();
        long sequence = source.readLong();
        long row = source.readLong();
        long writtenMillis = source.readLong();
        boolean traded = !quote || all;
        double price = traded ? source.readDouble() : Double.NaN;
        double size = traded ? source.readDouble() : Double.NaN;
        boolean quoted = quote || all;
        Tick tick =
                new Tick(
                        name,
                        quote ? TickKind.QUOTE : TickKind.TRADE,
                        eventTimeMicros,
                        receivedMicros,
                        sequence,
                        row,
                        price,
                        size,
                        aggressor(flags >> AGGRESSOR_SHIFT & AGGRESSOR_MASK),
                        quoted ? source.readDouble() : Double.NaN,
                        quoted ? source.readDouble() : Double.NaN,
                        quoted ? source.readDouble() : Double.NaN,
                        quoted ? source.readDouble() : Double.NaN);
        return new IngestedTick(tick, writtenMillis);
    }

    /** The same String for every tick of a symbol, so that its hash is computed once. */
    private String readSymbol(DataInputView source) throws IOException {
        if (symbols == null) {
            symbols = new TextCache();
        }
        int length = source.readInt();
        if (symbol == null || symbol.length < length) {
            symbol = new byte[Math.max(64, length)];
        }
        source.readFully(symbol, 0, length);
        return symbols.get(symbol, 0, length);
    }

    private static boolean hasNumbersOfTheOtherKind(Tick tick, boolean quote) {
        return quote
                ? !(Double.isNaN(tick.price()) && Double.isNaN(tick.size()))
                : !(Double.isNaN(tick.bidPrice())
                        && Double.isNaN(tick.bidSize())
                        && Double.isNaN(tick.askPrice())
                        && Double.isNaN(tick.askSize()));
    }

    private static int aggressorBits(@Nullable Aggressor aggressor) {
        return aggressor == null ? 0 : aggressor.ordinal() + 1;
    }

    private static @Nullable Aggressor aggressor(int bits) {
        return bits == 0 ? null : AGGRESSORS[bits - 1];
    }

    private static final Aggressor[] AGGRESSORS = Aggressor.values();

    @Override
    public boolean isImmutableType() {
        return true;
    }

    /** Every thread needs buffers of its own. */
    @Override
    public TypeSerializer<IngestedTick> duplicate() {
        return new IngestedTickSerializer();
    }

    @Override
    public IngestedTick createInstance() {
        return new IngestedTick(Tick.trade("", 0, 0, 0, 0, 0, null), 0);
    }

    @Override
    public IngestedTick copy(IngestedTick from) {
        return from;
    }

    @Override
    public IngestedTick copy(IngestedTick from, IngestedTick reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public IngestedTick deserialize(IngestedTick reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IngestedTickSerializer;
    }

    @Override
    public int hashCode() {
        return IngestedTickSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<IngestedTick> snapshotConfiguration() {
        return new Snapshot();
    }

    /** There is one version of it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<IngestedTick> {
        public Snapshot() {
            super(IngestedTickSerializer::new);
        }
    }
}
