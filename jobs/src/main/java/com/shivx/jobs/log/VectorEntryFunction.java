package com.shivx.jobs.log;

import com.shivx.operators.features.TickVector;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Vectors that a job has computed itself, on their way to their files. */
public final class VectorEntryFunction extends RichMapFunction<TickVector, LogEntry> {

    private static final long serialVersionUID = 1;

    private transient LoggedVectors records;

    /** For vectors of every set. */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public VectorEntryFunction() {}

    @Override
    public void open(OpenContext context) {
        records = new LoggedVectors();
    }

    @Override
    public LogEntry map(TickVector vector) {
        return records.toEntry(vector.vector());
    }
}
