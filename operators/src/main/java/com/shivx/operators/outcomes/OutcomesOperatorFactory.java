package com.shivx.operators.outcomes;

import com.shivx.models.outcome.Outcome;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link OutcomesOperator} of each subtask. */
public final class OutcomesOperatorFactory extends AbstractStreamOperatorFactory<Outcome>
        implements OneInputStreamOperatorFactory<OutcomeInput, Outcome> {

    private static final long serialVersionUID = 1;

    private final OutcomesSettings settings;

    /** A factory for operators of the same settings. */
    public OutcomesOperatorFactory(OutcomesSettings settings) {
        this.settings = settings;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    // The caller asks for the operator class that getStreamOperatorClass names.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Outcome>> T createStreamOperator(
            StreamOperatorParameters<Outcome> parameters) {
        return (T) new OutcomesOperator(parameters, settings);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return OutcomesOperator.class;
    }
}
