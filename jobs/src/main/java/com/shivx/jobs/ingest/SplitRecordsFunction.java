package com.shivx.jobs.ingest;

import com.shivx.jobs.wire.DeadLetter;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sends values on and dead letters to {@link SplitIngestedFunction#DEAD_LETTERS}.
 *
 * @param <T> the kind of value
 * @param <I> what it comes in
 */
public final class SplitRecordsFunction<T, I extends IngestedRecord<T>>
        extends ProcessFunction<I, T> implements ResultTypeQueryable<T> {

    private static final long serialVersionUID = 1;

    private final Class<T> type;

    /** Of values of that type. */
    public SplitRecordsFunction(Class<T> type) {
        this.type = type;
    }

    @Override
    public void processElement(I ingested, Context context, Collector<T> out) {
        T value = ingested.value();
        DeadLetter deadLetter = ingested.deadLetter();
        if (value != null) {
            out.collect(value);
        } else if (deadLetter != null) {
            context.output(SplitIngestedFunction.DEAD_LETTERS, deadLetter);
        }
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return TypeInformation.of(type);
    }
}
