package com.shivx.jobs.ingest;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.DeadLetter;
import com.shivx.operators.features.IngestedTick;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends ticks on and dead letters to {@link #DEAD_LETTERS}. */
public final class SplitIngestedFunction extends ProcessFunction<Ingested, IngestedTick> {

    /** Records that are no ticks. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

    private static final long serialVersionUID = 1;

    /**
     * The ticks of a source; the dead letters are in the side output. As parallel as the source, so
     * that the two are one chain: with more subtasks behind it a symbol's ticks would overtake each
     * other.
     */
    public static SingleOutputStreamOperator<IngestedTick> apart(
            SingleOutputStreamOperator<Ingested> source) {
        return source.process(new SplitIngestedFunction())
                .name("Dead letters apart")
                .uid("dead-letters-apart")
                .setParallelism(source.getParallelism());
    }

    @Override
    public void processElement(Ingested ingested, Context context, Collector<IngestedTick> out) {
        Tick tick = ingested.tick();
        DeadLetter deadLetter = ingested.deadLetter();
        if (tick != null) {
            out.collect(new IngestedTick(tick, ingested.writtenMillis()));
        } else if (deadLetter != null) {
            context.output(DEAD_LETTERS, deadLetter);
        }
    }
}
