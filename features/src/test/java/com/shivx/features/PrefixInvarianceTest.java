package com.shivx.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.PrefixInvariance.Difference;
import com.shivx.features.market.MarketV1;
import com.shivx.features.returns.TickReturn;
import com.shivx.features.testing.SimulatedTape;
import com.shivx.features.tick.Tick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrefixInvarianceTest {

    private static final List<Tick> TAPE = SimulatedTape.mixed(5).ticks(2_000);

    /** What earlier runs have seen, by event time: the future of the next one. */
    private static final TreeMap<Long, Double> SEEN = new TreeMap<>();

    /** The price ten seconds from now, where an earlier run has been there. */
    record Oracle() implements TickKernel {

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void onTick(Moment now, double[] state, int at) {
            SEEN.put(now.micros(), now.price());
            Map.Entry<Long, Double> later = SEEN.ceilingEntry(now.micros() + 10_000_000);
            state[at] =
                    StrictMath.log((later == null ? now.price() : later.getValue()) / now.price());
        }

        double value(Moment now, double[] state, int at) {
            return state[at];
        }
    }

    /** Counts in a field of its own, and so goes on where another run has ended. */
    record Counter(int[] count) implements TickKernel {

        @Override
        public int slots() {
            return 0;
        }

        @Override
        public void onTick(Moment now, double[] state, int at) {
            count[0]++;
        }

        double value(Moment now, double[] state, int at) {
            return count[0];
        }
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void findsNothingInTheSetThatShips() {
        assertThat(PrefixInvariance.firstDifference(new MarketV1().featureSet(), TAPE)).isEmpty();
    }

    @Test
    void findsAFeatureFromTheFuture() {
        Difference difference = difference(oracle());

        assertThat(difference.feature()).isEqualTo("planted");
        assertThat(difference.featureSet()).isEqualTo("mine-v1");
        assertThat(difference.tick()).isEqualTo(TAPE.get(difference.index()));
        assertThat(difference.index()).isLessThan(difference.cut());
        assertThat(difference)
                .asString()
                .startsWith("Feature planted of mine-v1 is ")
                .contains("0x%08x".formatted(Float.floatToIntBits(difference.other())))
                .endsWith("compute it from the moment and its own slice of the state alone");
    }

    @Test
    void findsItEvenWhereTheFutureWasKnownFromTheStart() {
        FeatureSet set = oracle();
        SymbolState state = set.newState();
        TAPE.forEach(tick -> set.update(tick, state));

        assertThat(difference(set).feature()).isEqualTo("planted");
    }

    @Test
    void findsItAmongSeveralSymbols() {
        List<Tick> tape = new ArrayList<>(TAPE);
        tape.addAll(SimulatedTape.quotesOnly(6).ticks(2_000));
        tape.sort(Comparator.comparingLong(Tick::receivedMicros));

        assertThat(PrefixInvariance.firstDifference(new MarketV1().featureSet(), tape)).isEmpty();
        assertThat(PrefixInvariance.firstDifference(oracle(), tape)).isPresent();
    }

    @Test
    void findsWhatIsKeptOutsideTheState() {
        FeatureSet set =
                FeatureSet.builder("mine-v1")
                        .feature(schema("honest"), new TickReturn(), TickReturn::value)
                        .feature(schema("planted"), new Counter(new int[1]), Counter::value)
                        .build();

        Difference difference = difference(set);

        assertThat(difference.feature()).isEqualTo("planted");
        assertThat(difference.index()).isZero();
        assertThat(difference.whole()).isOne();
        assertThat(difference.other()).isEqualTo(TAPE.size() + 1f);
    }

    @Test
    void believesNoTapeThatShowsNothing() {
        FeatureSet set = new MarketV1().featureSet();

        for (List<Tick> tape : List.of(List.<Tick>of(), TAPE.subList(0, 2))) {
            assertThatThrownBy(() -> PrefixInvariance.firstDifference(set, tape))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "A tape of %d ticks shows nothing about market-v1", tape.size())
                    .hasMessageEndingWith("give a longer one");
        }
    }

    private static Difference difference(FeatureSet set) {
        return PrefixInvariance.firstDifference(set, TAPE).orElseThrow();
    }

    private static FeatureSet oracle() {
        return FeatureSet.builder("mine-v1")
                .feature(schema("honest"), new TickReturn(), TickReturn::value)
                .feature(schema("planted"), new Oracle(), Oracle::value)
                .build();
    }

    private static Feature schema(String name) {
        return new Feature(name, "1", -1e9, 1e9, WarmUp.NONE, Watch.RANGE, "For a test");
    }
}
