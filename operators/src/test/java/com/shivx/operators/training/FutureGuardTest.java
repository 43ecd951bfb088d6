package com.shivx.operators.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.Feature;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.Moment;
import com.shivx.features.TickKernel;
import com.shivx.features.WarmUp;
import com.shivx.features.Watch;
import com.shivx.features.testing.SimulatedTape;
import com.shivx.features.tick.Tick;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FutureGuardTest {

    private static final List<Tick> TAPE = SimulatedTape.quotesOnly(8).ticks(5_000);

    @Test
    void aSetThatSeesThePastAloneMayBeTrainedOn() {
        FutureGuard guard = new FutureGuard(FeatureSets.byName("market-v1"));

        assertThatCode(() -> TAPE.forEach(guard::onTick)).doesNotThrowAnyException();
    }

    @Test
    void aPlantedFeatureFromTheFutureMayNot() {
        FeatureSet planted =
                FeatureSet.builder("planted-v1")
                        .feature(
                                new Feature(
                                        "next_price",
                                        "price",
                                        0,
                                        1e9,
                                        WarmUp.ticks(1),
                                        Watch.DISTRIBUTION,
                                        "The price ten ticks later, remembered from an earlier run."),
                                new Remembers(),
                                (kernel, now, state, at) -> kernel.later(now))
                        .build();
        FutureGuard guard = new FutureGuard(planted);

        assertThatThrownBy(() -> TAPE.forEach(guard::onTick))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Feature next_price of planted-v1")
                .hasMessageContaining("sees the future");
    }

    /** Knows what a run before this one has seen: as a cache of a whole tape would. */
    private record Remembers() implements TickKernel {

        private static final Map<Long, Double> PRICES = new HashMap<>();

        @Override
        public int slots() {
            return 0;
        }

        @Override
        public void onTick(Moment now, double[] state, int at) {
            PRICES.put((long) now.ticks(), now.price());
        }

        double later(Moment now) {
            return PRICES.getOrDefault((long) now.ticks() + 10, Double.NaN);
        }
    }
}
