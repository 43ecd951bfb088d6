package com.shivx.jobs.ingest;

import com.shivx.features.FeatureVector;
import com.shivx.jobs.wire.DeadLetter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Sends vectors on and dead letters to {@link SplitIngestedFunction#DEAD_LETTERS}. */
public final class SplitVectorsFunction extends ProcessFunction<IngestedVector, FeatureVector> {

    private static final long serialVersionUID = 1;

    @Override
    public void processElement(
            IngestedVector ingested, Context context, Collector<FeatureVector> out) {
        FeatureVector vector = ingested.vector();
        DeadLetter deadLetter = ingested.deadLetter();
        if (vector != null) {
            out.collect(vector);
        } else if (deadLetter != null) {
            context.output(SplitIngestedFunction.DEAD_LETTERS, deadLetter);
        }
    }
}
