package com.shivx.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.book.TopOfBook;
import com.shivx.features.testing.FeatureSetContract;
import com.shivx.features.tick.Tick;
import org.junit.jupiter.api.Test;

/**
 * A set of one's own, as a user writes it: a kernel, a schema, a provider; nothing else changes.
 */
class OwnFeatureSetTest extends FeatureSetContract {

    /** How many ticks in a row the price went the same way; negative when down, 0 at rest. */
    record Streak() implements TickKernel {

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void onTick(Moment now, double[] state, int at) {
            double direction = Math.signum(now.logReturn());
            boolean goesOn = direction == Math.signum(state[at]);
            if (now.isSessionStart() || !goesOn) {
                state[at] = 0;
            }
            state[at] += Double.isNaN(direction) ? 0 : direction;
        }

        double length(Moment now, double[] state, int at) {
            return state[at];
        }
    }

    /** Named in META-INF/services. */
    public static final class Provider implements FeatureSetProvider {

        @Override
        public FeatureSet featureSet() {
            return FeatureSet.builder("streaks-v1")
                    .feature(
                            new Feature(
                                    "streak",
                                    "ticks",
                                    -1e6,
                                    1e6,
                                    WarmUp.ticks(2),
                                    Watch.RANGE,
                                    "Ticks in a row in which the price went the same way"),
                            new Streak(),
                            Streak::length)
                    .feature(
                            new Feature(
                                    "queue_imbalance",
                                    "1",
                                    -1,
                                    1,
                                    WarmUp.NONE,
                                    Watch.DISTRIBUTION,
                                    "A kernel of ours beside it"),
                            new TopOfBook(),
                            TopOfBook::queueImbalance)
                    .build();
        }
    }

    @Override
    protected FeatureSet featureSet() {
        return new Provider().featureSet();
    }

    @Test
    void isFoundByName() {
        assertThat(FeatureSets.byName("streaks-v1").hash()).isEqualTo(featureSet().hash());
        assertThat(FeatureSets.all()).containsKeys("market-v1", "streaks-v1");
    }

    @Test
    void countsWhatItSays() {
        FeatureSet set = featureSet();
        SymbolState state = set.newState();
        double[] prices = {100, 101, 102, 101, 101, 102};
        float[] streaks = new float[prices.length];
        for (int i = 0; i < prices.length; i++) {
            Tick tick = Tick.trade("s", i, i, i, prices[i], 1, null);
            streaks[i] = set.update(tick, state).values()[0];
        }
        assertThat(streaks).containsExactly(Float.NaN, 1, 2, -1, 0, 1);
    }
}
