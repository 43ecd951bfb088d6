package com.shivx.features.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.TickResult;
import com.shivx.features.testing.FeatureSetContract;
import com.shivx.features.testing.RealTapes;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code market-v1} keeps the contract on real tapes, and makes of them what was measured. */
class MarketV1RealDataTest extends FeatureSetContract {

    private static List<Tick> binance = List.of();

    private final FeatureSet set = featureSet();
    private final SymbolFeatures features = new SymbolFeatures(set);
    private final Map<String, SymbolState> states = new HashMap<>();
    private final Map<TickQuality, Integer> qualities = new EnumMap<>(TickQuality.class);
    private final Set<String> problems = new TreeSet<>();
    private final Set<String> ids = new HashSet<>();
    private int ready;

    @Override
    protected FeatureSet featureSet() {
        return MarketV1.define();
    }

    /** A symbol of each market of Binance, and a Sunday of each broker. */
    @Override
    protected Stream<List<Tick>> tapes() {
        return Stream.concat(
                Stream.of("spot:ETHUSDT", "usdm:ETHUSDT", "cm:ETHUSD_PERP")
                        .map(symbol -> of(symbol, binance()).subList(0, 20_000)),
                Stream.of("oanda", "fxcm")
                        .map(
                                broker ->
                                        RealTapes.brokerQuotes(
                                                broker,
                                                RealTapes.brokerFiles(broker, "ticks").get(2))));
    }

    /** Read once for all tests. */
    private static synchronized List<Tick> binance() {
        if (binance.isEmpty()) {
            binance = RealTapes.binance();
        }
        return binance;
    }

    private static List<Tick> of(String symbol, List<Tick> ticks) {
        return ticks.stream().filter(tick -> tick.symbol().equals(symbol)).toList();
    }

    @Test
    void usesEveryTickOfBinance() {
        run(binance());
        assertThat(qualities).containsExactly(Map.entry(TickQuality.OK, 414_569));
        assertThat(ids).hasSize(414_569);
        assertThat(ready).isGreaterThan(414_569 * 85 / 100);
        assertThat(problems).isEmpty();
    }

    @Test
    void setsAsideTheCrossedQuotesOfTheBrokersAndNothingElse() {
        for (String broker : List.of("oanda", "fxcm")) {
            for (Path file : RealTapes.brokerFiles(broker, "ticks")) {
                run(RealTapes.brokerQuotes(broker, file));
            }
        }
        assertThat(qualities)
                .containsExactly(
                        Map.entry(TickQuality.OK, 996_960 - 69_354),
                        Map.entry(TickQuality.CROSSED, 69_354));
        assertThat(ready).isGreaterThan(900_000);
        assertThat(problems).isEmpty();
    }

    private void run(List<Tick> tape) {
        for (Tick tick : tape) {
            SymbolState state = states.computeIfAbsent(tick.symbol(), s -> new SymbolState());
            TickResult result = features.onTick(tick, state);
            qualities.merge(result.quality(), 1, Integer::sum);
            FeatureVector vector = result.vector();
            if (vector != null) {
                ids.add(vector.vectorId());
                problems.addAll(set.problems(vector));
                ready += vector.ready() ? 1 : 0;
            }
        }
    }
}
