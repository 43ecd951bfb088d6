package com.shivx.operators.features;

import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.TickResult;
import com.shivx.features.tick.QualityRules;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Turns each good tick of a symbol into a vector and sets the others aside.
 *
 * <p>A symbol's state is one value. One event-time timer a symbol frees the numbers of its features
 * after a long silence, which changes no vector: after such a silence they would start cold anyway.
 */
public final class FeaturesFunction extends KeyedProcessFunction<String, IngestedTick, TickVector> {

    /** Ticks that are not used, with the reason. */
    public static final OutputTag<SetAside> SET_ASIDE = new OutputTag<>("set-aside") {};

    /** Name of the state: never to be changed, savepoints know it. */
    private static final String SYMBOL_STATE = "symbol";

    private static final long serialVersionUID = 1;

    private final String featureSet;
    private final QualityRules rules;
    private final Duration symbolTtl;

    private transient SymbolFeatures kernel;
    private transient ValueState<SymbolState> symbols;
    private transient FeatureMetrics counts;

    /**
     * A function that computes one set.
     *
     * @param featureSet its name, known to {@link FeatureSets}
     * @param symbolTtl a symbol silent for longer starts cold
     */
    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    public FeaturesFunction(String featureSet, QualityRules rules, Duration symbolTtl) {
        this.featureSet = featureSet;
        this.rules = rules;
        this.symbolTtl = symbolTtl;
    }

    @Override
    public void open(OpenContext context) {
        kernel = new SymbolFeatures(FeatureSets.byName(featureSet), rules, symbolTtl);
        symbols =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>(SYMBOL_STATE, SymbolState.class));
        counts = new FeatureMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(IngestedTick in, Context context, Collector<TickVector> out)
            throws Exception {
        SymbolState known = symbols.value();
        SymbolState state = known == null ? kernel.features().newState() : known;
        boolean held = state.holdsNumbers();
        TickResult result = kernel.onTick(in.tick(), state);
        symbols.update(state);
        counts.onTick(result.quality());
        if (!held && state.holdsNumbers()) {
            context.timerService().registerEventTimeTimer(kernel.freeAfterMillis(state));
        }
        FeatureVector vector = result.vector();
        if (vector == null) {
            context.output(SET_ASIDE, new SetAside(in.tick(), result.quality()));
        } else {
            counts.onVector(vector);
            out.collect(new TickVector(vector, in.writtenMillis()));
        }
    }

    /** Frees a silent symbol, or looks again when it has been silent for long enough. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<TickVector> out)
            throws Exception {
        SymbolState state = symbols.value();
        if (state == null || !state.holdsNumbers()) {
            return;
        }
        long freeAfter = kernel.freeAfterMillis(state);
        if (freeAfter <= timestamp) {
            state.free();
            symbols.update(state);
            counts.onSymbolFreed();
        } else {
            context.timerService().registerEventTimeTimer(freeAfter);
        }
    }
}
