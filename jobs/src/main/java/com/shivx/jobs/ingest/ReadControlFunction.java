package com.shivx.jobs.ingest;

import com.shivx.jobs.wire.DeadLetter;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.UnreadableRecordException;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sends on what records of a control topic say, and those that say nothing to {@link
 * SplitIngestedFunction#DEAD_LETTERS}.
 */
public final class ReadControlFunction<T> extends ProcessFunction<ControlRecord, T> {

    private static final long serialVersionUID = 1;

    private final ControlJson<T> json;
    private final String job;

    /**
     * A reader for one job.
     *
     * @param job the job's name on dead letters
     */
    public ReadControlFunction(ControlJson<T> json, String job) {
        this.json = json;
        this.job = job;
    }

    @Override
    public void processElement(ControlRecord record, Context context, Collector<T> out) {
        try {
            out.collect(json.read(record.value()));
        } catch (UnreadableRecordException e) {
            context.output(
                    SplitIngestedFunction.DEAD_LETTERS,
                    DeadLetter.of(
                            record.key(),
                            record.value(),
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            e,
                            job));
        }
    }
}
