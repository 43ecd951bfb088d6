package com.shivx.operators;

import java.io.Serializable;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes the operator of each subtask, chained wherever that is possible.
 *
 * @param <I> what the operator takes
 * @param <O> what it gives
 */
public final class OneInputFactory<I, O> extends AbstractStreamOperatorFactory<O>
        implements OneInputStreamOperatorFactory<I, O> {

    private static final long serialVersionUID = 1;

    private final Class<? extends StreamOperator<O>> type;
    private final Maker<O> maker;

    /** Makes one operator; what it holds travels to where that is done. */
    @FunctionalInterface
    public interface Maker<O> extends Serializable {
        StreamOperator<O> make(StreamOperatorParameters<O> parameters);
    }

    /**
     * A factory of operators of one class.
     *
     * @param type the class that {@code maker} makes
     */
    public OneInputFactory(Class<? extends StreamOperator<O>> type, Maker<O> maker) {
        this.type = type;
        this.maker = maker;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    // The caller asks for the operator class that getStreamOperatorClass names.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<O>> T createStreamOperator(
            StreamOperatorParameters<O> parameters) {
        return (T) maker.make(parameters);
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return type;
    }
}
