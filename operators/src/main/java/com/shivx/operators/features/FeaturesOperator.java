package com.shivx.operators.features;

import com.shivx.operators.OneInputFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Turns each good tick of a symbol into a vector and sets the others aside. */
public final class FeaturesOperator extends SymbolsOperator<TickVector>
        implements OneInputStreamOperator<IngestedTick, TickVector> {

    /** Ticks that are not used, with the reason. */
    public static final OutputTag<SetAside> SET_ASIDE = new OutputTag<>("set-aside") {};

    private static final long serialVersionUID = 1;

    private final transient StreamRecord<TickVector> reused = new StreamRecord<>(null);

    FeaturesOperator(StreamOperatorParameters<TickVector> parameters, FeatureRules rules) {
        super(parameters, rules);
    }

    /** Of operators of one set. */
    public static OneInputFactory<IngestedTick, TickVector> factory(FeatureRules rules) {
        return new OneInputFactory<>(
                FeaturesOperator.class, parameters -> new FeaturesOperator(parameters, rules));
    }

    @Override
    public void processElement(StreamRecord<IngestedTick> element) throws Exception {
        take(element);
    }

    @Override
    protected void emit(TickVector vector, long timestamp) {
        output.collect(reused.replace(vector, timestamp));
    }
}
