package com.shivx.operators.training;

import com.shivx.features.FeatureSets;
import com.shivx.operators.features.IngestedTick;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets ticks through to a feature set that is computed for later trainings, unless the first of
 * them show that it sees the future: then the job ends, as no restart makes it see less.
 */
public final class FutureGuardFunction extends ProcessFunction<IngestedTick, IngestedTick> {

    private static final long serialVersionUID = 1;

    private final String featureSet;

    private transient FutureGuard guard;

    /** Of the set of that name. */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public FutureGuardFunction(String featureSet) {
        this.featureSet = featureSet;
    }

    @Override
    public void open(OpenContext context) {
        guard = new FutureGuard(FeatureSets.byName(featureSet));
    }

    @Override
    public void processElement(
            IngestedTick ingested, Context context, Collector<IngestedTick> out) {
        try {
            guard.onTick(ingested.tick());
        } catch (IllegalArgumentException e) {
            throw new SuppressRestartsException(e);
        }
        out.collect(ingested);
    }
}
