package com.shivx.operators.features;

import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.TickResult;
import com.shivx.operators.state.CacheMetrics;
import com.shivx.operators.state.DirectValues;
import com.shivx.operators.state.KeyedValues;
import com.shivx.operators.state.WriteBackCache;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What operators of ticks share: each good tick of a symbol becomes a vector, the others are set
 * aside.
 *
 * <p>A symbol's state is one value. One event-time timer a symbol frees the numbers of its features
 * after a long silence, which changes no vector: after such a silence they would start cold anyway.
 *
 * <p>An operator and not a function, because values in front of the state backend are written to it
 * under keys that are not the current one's, and before a snapshot. The engine's key is set when
 * the backend or a timer is asked, not for each tick.
 */
public abstract class SymbolsOperator<OUT> extends AbstractStreamOperator<OUT>
        implements Triggerable<String, VoidNamespace> {

    /** Name of the state: never to be changed, savepoints know it. */
    private static final String SYMBOL_STATE = "symbol";

    /** Name of the timers, as a keyed function's were in 0.1.0: never to be changed. */
    private static final String TIMERS = "user-timers";

    private static final long serialVersionUID = 1;

    private final FeatureRules rules;

    private transient SymbolFeatures kernel;
    private transient KeyedValues<String, SymbolState> symbols;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient FeatureMetrics counts;

    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    protected SymbolsOperator(StreamOperatorParameters<OUT> parameters, FeatureRules rules) {
        super(parameters);
        this.rules = rules;
    }

    /** What is kept of each symbol, for whoever reads it from a savepoint. */
    public static ValueStateDescriptor<SymbolState> symbolState() {
        return new ValueStateDescriptor<>(SYMBOL_STATE, new SymbolStateSerializer());
    }

    @Override
    public void open() throws Exception {
        super.open();
        kernel =
                new SymbolFeatures(
                        FeatureSets.byName(rules.featureSet()), rules.quality(), rules.symbolTtl());
        symbols = symbols();
        timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
        counts = new FeatureMetrics(getMetricGroup());
    }

    /**
     * A backend that keeps the objects themselves on the heap gains nothing from a cache, and would
     * have its snapshots changed by it.
     */
    private KeyedValues<String, SymbolState> symbols() {
        SymbolValues stored = new SymbolValues(this, getRuntimeContext().getState(symbolState()));
        return rules.cache() == null || !getKeyedStateBackend().isSafeToReuseKVState()
                ? new DirectValues<>(stored)
                : new WriteBackCache<>(
                        stored,
                        rules.cache(),
                        SymbolState::heapBytes,
                        new CacheMetrics(getMetricGroup()));
    }

    /** Not for each tick: it costs a serialized key. */
    @Override
    @SuppressWarnings("rawtypes") // as the superclass declares it
    public void setKeyContextElement1(StreamRecord record) {
        // SymbolValues sets it where it is needed.
    }

    /** Emits the vector of a good tick. */
    protected abstract void emit(TickVector vector, long timestamp);

    /** Takes a tick, good or bad. */
    protected final void take(StreamRecord<IngestedTick> element) throws Exception {
        IngestedTick in = element.getValue();
        String symbol = in.tick().symbol();
        SymbolState known = symbols.get(symbol);
        SymbolState state = known == null ? kernel.features().newState() : known;
        boolean held = state.holdsNumbers();
        TickResult result = kernel.onTick(in.tick(), state);
        symbols.put(symbol, state);
        counts.onTick(result.quality());
        if (!held && state.holdsNumbers()) {
            setCurrentKey(symbol);
            watch(state);
        }
        FeatureVector vector = result.vector();
        if (vector == null) {
            output.collect(
                    FeaturesOperator.SET_ASIDE,
                    new StreamRecord<>(
                            new SetAside(in.tick(), result.quality()), element.getTimestamp()));
        } else {
            counts.onVector(vector);
            emit(new TickVector(vector, in.writtenMillis()), element.getTimestamp());
        }
    }

    /** Frees a silent symbol, or looks again when it has been silent for long enough. */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        SymbolState state = symbols.get(timer.getKey());
        if (state == null || !state.holdsNumbers()) {
            return;
        }
        if (kernel.freeAfterMillis(state) <= timer.getTimestamp()) {
            state.free();
            symbols.put(timer.getKey(), state);
            counts.onSymbolFreed();
        } else {
            setCurrentKey(timer.getKey());
            watch(state);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        // None is ever set.
    }

    /** Called before the state backend takes its snapshot. */
    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        symbols.flush();
    }

    private void watch(SymbolState state) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, kernel.freeAfterMillis(state));
    }
}
