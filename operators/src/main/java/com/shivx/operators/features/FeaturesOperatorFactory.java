package com.shivx.operators.features;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link FeaturesOperator} of each subtask. */
public final class FeaturesOperatorFactory extends AbstractStreamOperatorFactory<TickVector>
        implements OneInputStreamOperatorFactory<IngestedTick, TickVector> {

    private static final long serialVersionUID = 1;

    private final FeatureRules rules;

    /** A factory for operators of one set. */
    public FeaturesOperatorFactory(FeatureRules rules) {
        this.rules = rules;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    // The caller asks for the operator class that getStreamOperatorClass names.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<TickVector>> T createStreamOperator(
            StreamOperatorParameters<TickVector> parameters) {
        return (T) new FeaturesOperator(parameters, rules);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return FeaturesOperator.class;
    }
}
