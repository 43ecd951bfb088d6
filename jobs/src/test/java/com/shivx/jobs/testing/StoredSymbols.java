package com.shivx.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.Tick;
import com.shivx.local.EmbeddedFlink;
import com.shivx.operators.features.SymbolsOperator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.SavepointReader;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;

/**
 * What is kept of each symbol, as a savepoint holds it or as it should be: the text of its state,
 * each number to the bit, and its timers.
 */
public final class StoredSymbols {

    private StoredSymbols() {}

    /** By symbol, what the feature stage has left in a savepoint of the canonical format. */
    public static Map<String, String> in(EmbeddedFlink flink, String savepoint) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        // The reader's own operators have no uids.
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
        StreamExecutionEnvironment env = flink.environment(configuration);
        SavepointReader reader = SavepointReader.read(env, savepoint, new HashMapStateBackend());
        Map<String, String> symbols = new HashMap<>();
        try (CloseableIterator<Tuple2<String, String>> found =
                reader.readKeyedState(
                                OperatorIdentifier.forUid("features"),
                                new Reader(),
                                Types.STRING,
                                Types.TUPLE(Types.STRING, Types.STRING))
                        .executeAndCollect()) {
            found.forEachRemaining(
                    one ->
                            assertThat(symbols.put(one.f0, one.f1))
                                    .as("%s is stored twice", one.f0)
                                    .isNull());
        }
        return symbols;
    }

    /** What one thread without Flink keeps of ticks, by symbol. */
    public static Map<String, String> ofKernel(List<Tick> tape) {
        FeatureSet set = FeatureSets.byName("market-v1");
        SymbolFeatures kernel = new SymbolFeatures(set);
        Map<String, SymbolState> states = new HashMap<>();
        Map<String, Set<Long>> timers = new HashMap<>();
        for (Tick tick : tape) {
            SymbolState state = states.computeIfAbsent(tick.symbol(), symbol -> set.newState());
            boolean held = state.holdsNumbers();
            kernel.onTick(tick, state);
            if (!held && state.holdsNumbers()) {
                timers.computeIfAbsent(tick.symbol(), symbol -> new TreeSet<>())
                        .add(kernel.freeAfterMillis(state));
            }
        }
        Map<String, String> symbols = new HashMap<>();
        states.forEach(
                (symbol, state) ->
                        symbols.put(symbol, text(state, timers.getOrDefault(symbol, Set.of()))));
        return symbols;
    }

    private static String text(SymbolState state, Set<Long> timers) {
        StringBuilder text = new StringBuilder().append(state.quality).append(timers);
        for (double slot : state.slots) {
            text.append(
                    Double.isNaN(slot)
                            ? " NaN:%x".formatted(Double.doubleToRawLongBits(slot))
                            : " " + slot);
        }
        return text.toString();
    }

    private static final class Reader
            extends KeyedStateReaderFunction<String, Tuple2<String, String>> {

        private static final long serialVersionUID = 1;

        private transient ValueState<SymbolState> state;

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(SymbolsOperator.symbolState());
        }

        @Override
        public void readKey(String symbol, Context context, Collector<Tuple2<String, String>> out)
                throws Exception {
            out.collect(
                    Tuple2.of(
                            symbol,
                            text(
                                    state.value(),
                                    new TreeSet<>(context.registeredEventTimeTimers()))));
        }
    }
}
