package com.shivx.jobs.log;

import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.wire.DeadLetter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Sends entries on and dead letters to {@link SplitIngestedFunction#DEAD_LETTERS}. */
public final class SplitLogIngestedFunction extends ProcessFunction<LogIngested, LogEntry> {

    private static final long serialVersionUID = 1;

    @Override
    public void processElement(LogIngested ingested, Context context, Collector<LogEntry> out) {
        LogEntry entry = ingested.entry();
        DeadLetter deadLetter = ingested.deadLetter();
        if (entry != null) {
            out.collect(entry);
        } else if (deadLetter != null) {
            context.output(SplitIngestedFunction.DEAD_LETTERS, deadLetter);
        }
    }
}
