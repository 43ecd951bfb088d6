package com.shivx.operators.training;

import com.shivx.models.candidate.TrainingRow;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the operator that compares. */
public final class ComparisonOperatorFactory extends AbstractStreamOperatorFactory<TrainingEvent>
        implements OneInputStreamOperatorFactory<TrainingRow, TrainingEvent> {

    private static final long serialVersionUID = 1;

    private final ComparisonSettings settings;

    /** A factory of one comparison. */
    public ComparisonOperatorFactory(ComparisonSettings settings) {
        this.settings = settings;
    }

    @Override
    // The caller asks for the operator class that getStreamOperatorClass names.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<TrainingEvent>> T createStreamOperator(
            StreamOperatorParameters<TrainingEvent> parameters) {
        return (T) new ComparisonOperator(parameters, settings);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return ComparisonOperator.class;
    }
}
