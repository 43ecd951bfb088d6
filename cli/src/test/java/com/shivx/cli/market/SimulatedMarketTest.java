package com.shivx.cli.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulatedMarketTest {

    private static final long START = 1_700_000_000_000_000L;

    @Test
    void sameSeedGivesTheSameTicks() {
        assertThat(ticks(7, 20_000)).isEqualTo(ticks(7, 20_000));
    }

    @Test
    void anotherSeedGivesOtherTicks() {
        assertThat(ticks(7, 100)).doesNotContainAnyElementsOf(ticks(8, 100));
    }

    @Test
    void aSeedGivesTheseTicksOnEveryMachine() {
        // Recorded on JDK 17, Linux x86-64: whoever changes the market changes every run that names
        // a seed.
        assertThat(ticks(1, 3))
                .containsExactly(
                        Tick.quote(
                                "sim:XRPUSD",
                                START + 28_802,
                                START + 28_802,
                                1,
                                0.609921,
                                9065,
                                0.610022,
                                42005),
                        Tick.quote(
                                "sim:UNIUSD",
                                START + 43_619,
                                START + 43_619,
                                1,
                                6.09948,
                                2140.5,
                                6.10092,
                                1727.3),
                        Tick.quote(
                                "sim:ETHUSD",
                                START + 44_155,
                                START + 44_155,
                                1,
                                2639.882,
                                16.87,
                                2640.111,
                                44.84));
    }

    @Test
    void comesInEventTimeOrderAndIsReceivedWhenItHappens() {
        List<Tick> ticks = ticks(1, 50_000);

        assertThat(ticks)
                .isSortedAccordingTo(
                        (a, b) -> Long.compare(a.eventTimeMicros(), b.eventTimeMicros()));
        assertThat(ticks).allMatch(tick -> tick.receivedMicros() == tick.eventTimeMicros());
        assertThat(ticks.get(0).eventTimeMicros()).isGreaterThan(START);
    }

    @Test
    void numbersEverySymbolsTradesAndQuotesWithoutGap() {
        Map<String, Long> last = new HashMap<>();

        for (Tick tick : ticks(1, 50_000)) {
            long before = last.getOrDefault(tick.symbol() + tick.kind(), 0L);
            assertThat(tick.sequence()).isEqualTo(before + 1);
            last.put(tick.symbol() + tick.kind(), tick.sequence());
        }
        assertThat(last).hasSize(2 * SimulatedMarket.symbols().size());
    }

    @Test
    void neverCrossesAQuoteAndTradesAtTheLastOne() {
        Map<String, Tick> quotes = new HashMap<>();

        for (Tick tick : ticks(1, 50_000)) {
            if (tick.kind() == TickKind.QUOTE) {
                assertThat(tick.askPrice()).isGreaterThan(tick.bidPrice());
                assertThat(tick.bidSize()).isPositive();
                assertThat(tick.askSize()).isPositive();
                quotes.put(tick.symbol(), tick);
            } else {
                Tick quote = quotes.get(tick.symbol());
                assertThat(tick.price()).isIn(quote.bidPrice(), quote.askPrice());
                assertThat(tick.size()).isPositive();
            }
        }
    }

    @Test
    void hasTwelveSymbolsAndAHundredAndTwentyTicksASecond() {
        List<Tick> ticks = ticks(1, 120_000);
        double seconds = (ticks.get(ticks.size() - 1).eventTimeMicros() - START) / 1e6;

        assertThat(SimulatedMarket.symbols()).hasSize(12).doesNotHaveDuplicates();
        assertThat(ticks.size() / seconds).isCloseTo(120, within(30.0));
    }

    private static List<Tick> ticks(long seed, int count) {
        SimulatedMarket market = new SimulatedMarket(MarketConfig.of(seed, START));
        return Stream.generate(market::next).limit(count).toList();
    }
}
