package com.shivx.operators.outcomes;

import com.shivx.models.outcome.Expected;
import com.shivx.models.outcome.KnownLabel;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.SeenTick;
import com.shivx.models.outcome.SymbolOutcomes;
import com.shivx.models.outcome.TimeBuckets;
import com.shivx.operators.state.StoredValues;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of symbols under keyed state, whichever symbol the engine is at: the rest as one
 * value, buckets one by one, and of those only what changed.
 */
final class OutcomeValues implements StoredValues<String, SymbolOutcomes> {

    private final KeyContext context;
    private final ValueState<SymbolOutcomes.Head> heads;
    private final MapState<Long, List<SeenTick>> ticks;
    private final MapState<Long, List<Expected>> early;
    private final MapState<Long, List<Expected>> waiting;
    private final MapState<Long, List<Outcome>> decided;
    private final MapState<Long, List<KnownLabel>> labels;

    /** The names of states are never to be changed: savepoints know them. */
    OutcomeValues(KeyContext context, RuntimeContext runtime) {
        this.context = context;
        heads = runtime.getState(new ValueStateDescriptor<>("head", SymbolOutcomes.Head.class));
        ticks = runtime.getMapState(buckets("ticks", SeenTick.class));
        early = runtime.getMapState(buckets("early", Expected.class));
        waiting = runtime.getMapState(buckets("waiting", Expected.class));
        decided = runtime.getMapState(buckets("decided", Outcome.class));
        labels = runtime.getMapState(buckets("labels", KnownLabel.class));
    }

    private static <E> MapStateDescriptor<Long, List<E>> buckets(String name, Class<E> type) {
        return new MapStateDescriptor<>(name, Types.LONG, Types.LIST(TypeInformation.of(type)));
    }

    @Override
    public @Nullable SymbolOutcomes read(String symbol) throws Exception {
        context.setCurrentKey(symbol);
        SymbolOutcomes.Head head = heads.value();
        if (head == null) {
            return null;
        }
        SymbolOutcomes value = new SymbolOutcomes();
        value.head = head;
        value.ticks.restore(ticks.keys(), of(symbol, ticks));
        value.early.restore(early.keys(), of(symbol, early));
        value.waiting.restore(waiting.keys(), of(symbol, waiting));
        value.decided.restore(decided.keys(), of(symbol, decided));
        value.labels.restore(labels.keys(), of(symbol, labels));
        return value;
    }

    @Override
    public void write(String symbol, SymbolOutcomes value) throws Exception {
        context.setCurrentKey(symbol);
        heads.update(value.head);
        write(symbol, value.ticks, ticks);
        write(symbol, value.early, early);
        write(symbol, value.waiting, waiting);
        write(symbol, value.decided, decided);
        write(symbol, value.labels, labels);
    }

    private <E> void write(String symbol, TimeBuckets<E> from, MapState<Long, List<E>> to)
            throws Exception {
        for (Map.Entry<Long, @Nullable List<E>> bucket : from.takeChanges().entrySet()) {
            List<E> things = bucket.getValue();
            if (things == null) {
                to.remove(bucket.getKey());
            } else {
                to.put(bucket.getKey(), things);
            }
        }
        from.release(of(symbol, to));
    }

    /** Reads a bucket of the symbol whenever it is asked for, whichever symbol the engine is at. */
    private <E> TimeBuckets.Store<E> of(String symbol, MapState<Long, List<E>> state) {
        return bucket -> {
            context.setCurrentKey(symbol);
            try {
                List<E> things = state.get(bucket);
                return things == null ? List.of() : things;
            } catch (Exception e) {
                throw new FlinkRuntimeException(
                        "the state of %s at second %d cannot be read".formatted(symbol, bucket), e);
            }
        };
    }
}
