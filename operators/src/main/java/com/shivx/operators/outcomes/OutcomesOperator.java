package com.shivx.operators.outcomes;

import com.shivx.features.tick.Tick;
import com.shivx.models.Prediction;
import com.shivx.models.outcome.AccuracyPart;
import com.shivx.models.outcome.AccuracyParts;
import com.shivx.models.outcome.ExternalLabel;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeJoin;
import com.shivx.models.outcome.OutcomeSink;
import com.shivx.models.outcome.PairedVote;
import com.shivx.models.outcome.SymbolOutcomes;
import com.shivx.operators.OneInputFactory;
import com.shivx.operators.state.CacheMetrics;
import com.shivx.operators.state.DirectValues;
import com.shivx.operators.state.KeyedValues;
import com.shivx.operators.state.WriteBackCache;
import java.util.Optional;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Joins predictions with what happened, by symbol: the main output is outcomes, the side outputs
 * their share in accuracy and labels that were never used.
 *
 * <p>An operator and not a function for the reasons that {@link
 * com.shivx.operators.features.SymbolsOperator} has, and because the share in accuracy is gathered
 * until event time goes on or a checkpoint comes, and must be sent before either passes.
 */
public final class OutcomesOperator extends AbstractStreamOperator<Outcome>
        implements OneInputStreamOperator<OutcomeInput, Outcome>,
                Triggerable<String, VoidNamespace> {

    /** What outcomes and votes add to accuracy, gathered. */
    public static final OutputTag<AccuracyPart> ACCURACY = new OutputTag<>("accuracy") {};

    /** Labels that no prediction came for. */
    public static final OutputTag<ExternalLabel> UNUSED_LABELS = new OutputTag<>("labels") {};

    /** More parts than that are sent at once; as many as versions, horizons and windows. */
    private static final int MOST_PARTS = 10_000;

    /** Never to be changed: savepoints know it. */
    private static final String TIMERS = "outcomes";

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long serialVersionUID = 1;

    private final OutcomesSettings settings;

    private transient OutcomeJoin join;
    private transient AccuracyParts parts;
    private transient KeyedValues<String, SymbolOutcomes> symbols;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient OutcomeMetrics counts;
    private transient OutcomeSink sink;

    @SuppressWarnings("NullAway.Init") // open() comes before any other call
    OutcomesOperator(StreamOperatorParameters<Outcome> parameters, OutcomesSettings settings) {
        super(parameters);
        this.settings = settings;
    }

    /** Of operators of the same settings. */
    public static OneInputFactory<OutcomeInput, Outcome> factory(OutcomesSettings settings) {
        return new OneInputFactory<>(
                OutcomesOperator.class, parameters -> new OutcomesOperator(parameters, settings));
    }

    @Override
    public void open() throws Exception {
        super.open();
        join = new OutcomeJoin(settings.rules());
        parts = new AccuracyParts(settings.windowMicros());
        symbols = symbols();
        timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
        counts = new OutcomeMetrics(getMetricGroup());
        sink = new Emitting();
    }

    /** A backend that keeps the objects themselves would have its snapshots changed by a cache. */
    private KeyedValues<String, SymbolOutcomes> symbols() {
        OutcomeValues stored = new OutcomeValues(this, getRuntimeContext());
        return settings.cache() == null || !getKeyedStateBackend().isSafeToReuseKVState()
                ? new DirectValues<>(stored)
                : new WriteBackCache<>(
                        stored,
                        settings.cache(),
                        SymbolOutcomes::heapBytes,
                        new CacheMetrics(getMetricGroup()));
    }

    /** Not for each record: it costs a serialized key. */
    @Override
    @SuppressWarnings("rawtypes") // as the superclass declares it
    public void setKeyContextElement1(StreamRecord record) {
        // OutcomeValues sets it where it is needed.
    }

    @Override
    public void processElement(StreamRecord<OutcomeInput> element) throws Exception {
        OutcomeInput input = element.getValue();
        String name = input.symbol();
        SymbolOutcomes known = symbols.get(name);
        SymbolOutcomes symbol = known == null ? new SymbolOutcomes() : known;
        take(input, symbol);
        wake(name, symbol);
        symbols.put(name, symbol);
        if (parts.size() > MOST_PARTS) {
            sendParts();
        }
    }

    private void take(OutcomeInput input, SymbolOutcomes symbol) {
        Tick tick = input.tick();
        Prediction prediction = input.prediction();
        ExternalLabel label = input.label();
        if (tick != null) {
            join.onTick(tick, symbol, sink);
        }
        if (prediction != null) {
            join.onPrediction(prediction, symbol, sink);
        }
        if (label != null) {
            join.onLabel(label, symbol, sink);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        SymbolOutcomes symbol = symbols.get(timer.getKey());
        if (symbol != null && symbol.head.wakesMillis == timer.getTimestamp()) {
            symbol.head.wakesMillis = 0;
            join.onTime(timer.getTimestamp(), symbol, sink);
            wake(timer.getKey(), symbol);
            symbols.put(timer.getKey(), symbol);
        }
    }

    /** One timer a symbol; a wake that turns out to be too early looks again. */
    private void wake(String name, SymbolOutcomes symbol) {
        long millis = join.wakesMillis(symbol);
        if (millis != 0 && (symbol.head.wakesMillis == 0 || millis < symbol.head.wakesMillis)) {
            symbol.head.wakesMillis = millis;
            setCurrentKey(name);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, millis);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        // None is ever set.
    }

    /** What timers of that time give belongs before it. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        Optional<InternalTimeServiceManager<?>> manager = getTimeServiceManager();
        if (manager.isPresent()) {
            manager.get().advanceWatermark(mark);
        }
        sendParts();
        output.emitWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        sendParts();
    }

    @Override
    public void finish() throws Exception {
        sendParts();
        super.finish();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        symbols.flush();
    }

    private void sendParts() {
        parts.take().forEach(part -> output.collect(ACCURACY, new StreamRecord<>(part)));
    }

    private final class Emitting implements OutcomeSink {

        @Override
        public void onOutcome(Outcome outcome) {
            counts.onOutcome(outcome);
            parts.add(outcome);
            output.collect(
                    new StreamRecord<>(
                            outcome, Math.floorDiv(outcome.decidedMicros(), MICROS_PER_MILLI)));
        }

        @Override
        public void onVote(PairedVote vote) {
            parts.add(vote);
        }

        @Override
        public void onLatePrediction(Prediction prediction) {
            counts.onLatePrediction();
        }

        @Override
        public void onRepeatedPrediction(Prediction prediction) {
            counts.onRepeatedPrediction();
        }

        @Override
        public void onUnusedLabel(ExternalLabel label) {
            counts.onUnusedLabel();
            output.collect(UNUSED_LABELS, new StreamRecord<>(label));
        }
    }
}
