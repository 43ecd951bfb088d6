package com.shivx.bench.micro;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.TickJson;
import com.shivx.jobs.wire.UnreadableTickException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A tick as JSON, read and written. */
@State(Scope.Thread)
public class TickJsonBenchmark {

    private final TickJson json = new TickJson();
    private final Tick[] ticks = Tape.ticks();
    private final byte[][] values = new byte[ticks.length][];
    private int next;

    public TickJsonBenchmark() {
        for (int i = 0; i < ticks.length; i++) {
            values[i] = json.write(ticks[i]);
        }
    }

    @Benchmark
    public Tick read() throws UnreadableTickException {
        return json.read(values[next++ & (values.length - 1)], 0, 0);
    }

    @Benchmark
    public byte[] write() {
        return json.write(ticks[next++ & (ticks.length - 1)]);
    }
}
