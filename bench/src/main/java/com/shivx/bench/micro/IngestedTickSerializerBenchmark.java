package com.shivx.bench.micro;

import com.shivx.features.tick.Tick;
import com.shivx.operators.features.IngestedTick;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A tick as it crosses from the source to the features of its symbol: Flink's serializer. */
@State(Scope.Thread)
public class IngestedTickSerializerBenchmark {

    private static final long WRITTEN_MILLIS = 1_700_000_000_000L;

    private final TypeSerializer<IngestedTick> serializer =
            TypeInformation.of(IngestedTick.class).createSerializer(new SerializerConfigImpl());
    private final IngestedTick[] ticks;
    private final byte[][] bytes;
    private final DataOutputSerializer out = new DataOutputSerializer(512);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private int next;

    public IngestedTickSerializerBenchmark() {
        Tick[] tape = Tape.ticks();
        ticks = new IngestedTick[tape.length];
        bytes = new byte[tape.length][];
        for (int i = 0; i < tape.length; i++) {
            ticks[i] = new IngestedTick(tape[i], WRITTEN_MILLIS);
            bytes[i] = serialized(ticks[i]);
        }
    }

    private byte[] serialized(IngestedTick tick) {
        out.clear();
        try {
            serializer.serialize(tick, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.getCopyOfBuffer();
    }

    @Benchmark
    public int serialize() throws IOException {
        out.clear();
        serializer.serialize(ticks[next++ & (ticks.length - 1)], out);
        return out.length();
    }

    @Benchmark
    public IngestedTick deserialize() throws IOException {
        in.setBuffer(bytes[next++ & (bytes.length - 1)]);
        return serializer.deserialize(in);
    }
}
