package com.shivx.operators.scoring;

import com.shivx.models.contract.ModelArtifact;
import com.shivx.operators.features.TickVector;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link ScoringOperator} of each subtask and carries the model to it. */
public final class ScoringOperatorFactory extends AbstractStreamOperatorFactory<ScoredPrediction>
        implements OneInputStreamOperatorFactory<TickVector, ScoredPrediction> {

    private static final long serialVersionUID = 1;

    private final ModelArtifact model;
    private final BatchRules rules;

    /** A factory for operators that score with one model. */
    public ScoringOperatorFactory(ModelArtifact model, BatchRules rules) {
        this.model = model;
        this.rules = rules;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    // The caller asks for the operator class that getStreamOperatorClass names.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<ScoredPrediction>> T createStreamOperator(
            StreamOperatorParameters<ScoredPrediction> parameters) {
        return (T) new ScoringOperator(parameters, model, rules);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return ScoringOperator.class;
    }
}
