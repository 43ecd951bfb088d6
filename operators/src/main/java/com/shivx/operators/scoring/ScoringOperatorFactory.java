package com.shivx.operators.scoring;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link ScoringOperator} of each subtask and carries the first models to it. */
public final class ScoringOperatorFactory extends AbstractStreamOperatorFactory<ScoredPrediction>
        implements OneInputStreamOperatorFactory<ScoringInput, ScoredPrediction> {

    private static final long serialVersionUID = 1;

    private final ScoringRules rules;
    private final ArrayList<InitialModel> initial;

    /**
     * A factory of the operators of a job.
     *
     * @param initial what serves until deployments are published
     */
    public ScoringOperatorFactory(ScoringRules rules, List<InitialModel> initial) {
        this.rules = rules;
        this.initial = new ArrayList<>(initial);
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    // The caller asks for the operator class that getStreamOperatorClass names.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<ScoredPrediction>> T createStreamOperator(
            StreamOperatorParameters<ScoredPrediction> parameters) {
        return (T) new ScoringOperator(parameters, rules, initial);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return ScoringOperator.class;
    }
}
