package com.shivx.bench.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSets;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.TickResult;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import com.shivx.features.tick.TickQuality;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ZipfMarketTest {

    private static final int SYMBOLS = 300;
    private static final long START = 1_700_000_000_000_000L;

    @Test
    void isAFunctionOfItsSeed() {
        ZipfMarket one = new ZipfMarket(SYMBOLS, 5, START);
        ZipfMarket same = new ZipfMarket(SYMBOLS, 5, START);
        ZipfMarket other = new ZipfMarket(SYMBOLS, 6, START);
        int differences = 0;
        for (int i = 0; i < 2_000; i++) {
            Tick tick = one.next();
            assertThat(tick).isEqualTo(same.next());
            differences += tick.equals(other.next()) ? 0 : 1;
        }
        assertThat(differences).isPositive();
    }

    @Test
    void opensWithOneQuoteOfEverySymbol() {
        ZipfMarket market = new ZipfMarket(SYMBOLS, 5, START);
        Set<String> symbols = new HashSet<>();
        for (int i = 0; i < SYMBOLS; i++) {
            Tick tick = market.next();
            assertThat(tick.kind()).isEqualTo(TickKind.QUOTE);
            symbols.add(tick.symbol());
        }
        assertThat(symbols).hasSize(SYMBOLS);
    }

    /** Good ticks, in order, every one of them after the opening with a vector that is scored. */
    @Test
    void givesTicksThatAreAllScoredAfterTheOpening() {
        SymbolFeatures features = new SymbolFeatures(FeatureSets.byName("market-v1"));
        Map<String, SymbolState> states = new HashMap<>();
        ZipfMarket market = new ZipfMarket(SYMBOLS, 5, START);
        long last = START;
        int trades = 0;
        int ticks = 100_000;
        for (int i = 0; i < SYMBOLS + ticks; i++) {
            Tick tick = market.next();
            assertThat(tick.eventTimeMicros()).isGreaterThanOrEqualTo(last);
            last = tick.eventTimeMicros();
            trades += tick.kind() == TickKind.TRADE ? 1 : 0;
            TickResult result =
                    features.onTick(
                            tick,
                            states.computeIfAbsent(tick.symbol(), symbol -> new SymbolState()));
            assertThat(result.quality()).isEqualTo(TickQuality.OK);
            if (i >= SYMBOLS) {
                assertThat(result.vector()).isNotNull().matches(vector -> vector.ready());
            }
        }
        assertThat(trades).isBetween(ticks / 5, ticks * 3 / 10);
        double seconds = (last - START - ZipfMarket.OPENING_MICROS) / 1e6;
        assertThat(ticks / seconds)
                .isBetween(0.97 * ZipfMarket.TICKS_PER_SECOND, 1.03 * ZipfMarket.TICKS_PER_SECOND);
    }
}
