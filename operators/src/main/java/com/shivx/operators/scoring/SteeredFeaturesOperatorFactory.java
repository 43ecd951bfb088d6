package com.shivx.operators.scoring;

import com.shivx.models.deployment.Deployment;
import com.shivx.operators.features.FeatureRules;
import com.shivx.operators.features.IngestedTick;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** Makes the features of each subtask where deployments pass through them. */
public final class SteeredFeaturesOperatorFactory
        extends AbstractStreamOperatorFactory<ScoringInput>
        implements TwoInputStreamOperatorFactory<IngestedTick, Deployment, ScoringInput> {

    private static final long serialVersionUID = 1;

    private final FeatureRules rules;

    /** A factory for operators of one set. */
    public SteeredFeaturesOperatorFactory(FeatureRules rules) {
        this.rules = rules;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    // The caller asks for the operator class that getStreamOperatorClass names.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<ScoringInput>> T createStreamOperator(
            StreamOperatorParameters<ScoringInput> parameters) {
        return (T) new SteeredFeaturesOperator(parameters, rules);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return SteeredFeaturesOperator.class;
    }
}
