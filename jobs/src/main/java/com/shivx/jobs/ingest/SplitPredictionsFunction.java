package com.shivx.jobs.ingest;

import com.shivx.jobs.wire.DeadLetter;
import com.shivx.models.Prediction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Sends predictions on and dead letters to {@link SplitIngestedFunction#DEAD_LETTERS}. */
public final class SplitPredictionsFunction
        extends ProcessFunction<IngestedPrediction, Prediction> {

    private static final long serialVersionUID = 1;

    @Override
    public void processElement(
            IngestedPrediction ingested, Context context, Collector<Prediction> out) {
        Prediction prediction = ingested.prediction();
        DeadLetter deadLetter = ingested.deadLetter();
        if (prediction != null) {
            out.collect(prediction);
        } else if (deadLetter != null) {
            context.output(SplitIngestedFunction.DEAD_LETTERS, deadLetter);
        }
    }
}
