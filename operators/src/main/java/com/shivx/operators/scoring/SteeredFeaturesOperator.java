package com.shivx.operators.scoring;

import com.shivx.models.deployment.Deployment;
import com.shivx.operators.features.FeatureRules;
import com.shivx.operators.features.IngestedTick;
import com.shivx.operators.features.SymbolsOperator;
import com.shivx.operators.features.TickVector;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * As {@link com.shivx.operators.features.FeaturesOperator}, and lets the deployments of its second
 * input pass to the scoring behind it. They come by this way because an operator of two inputs
 * begins a chain: were it the scoring's, every vector would be serialized on its way there.
 */
final class SteeredFeaturesOperator extends SymbolsOperator<ScoringInput>
        implements TwoInputStreamOperator<IngestedTick, Deployment, ScoringInput> {

    private static final long serialVersionUID = 1;

    private final transient StreamRecord<ScoringInput> reused = new StreamRecord<>(null);

    SteeredFeaturesOperator(StreamOperatorParameters<ScoringInput> parameters, FeatureRules rules) {
        super(parameters, rules);
    }

    @Override
    public void processElement1(StreamRecord<IngestedTick> element) throws Exception {
        take(element);
    }

    @Override
    public void processElement2(StreamRecord<Deployment> element) {
        // Without a timestamp: its own says nothing of event time.
        output.collect(new StreamRecord<>(ScoringInput.of(element.getValue())));
    }

    @Override
    protected void emit(TickVector vector, long timestamp) {
        output.collect(reused.replace(ScoringInput.of(vector), timestamp));
    }
}
