package com.shivx.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.returns.LogReturns;
import com.shivx.features.testing.FeatureVectors;
import com.shivx.features.testing.Oracle;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SymbolFeaturesTest {

    private static final long NOON = 1_723_161_600_000_000L;
    private static final long SECOND = 1_000_000;
    private static final long DAY = TimeUnit.DAYS.toMicros(1);

    private final SymbolFeatures features =
            new SymbolFeatures(
                    Oracle.setOf(new LogReturns(1), (k, now, s, at) -> k.over(1, now, s, at)),
                    QualityRules.DEFAULT,
                    Duration.ofDays(2));
    private final SymbolState state = new SymbolState();

    @Test
    void aGoodTickGivesAVector() {
        TickResult result = features.onTick(tick(NOON, 1, 100), state);
        assertThat(result.quality()).isEqualTo(TickQuality.OK);
        assertThat(result.vector()).isNotNull();
    }

    @Test
    void aBadTickGivesNoneAndTouchesNoFeature() {
        features.onTick(tick(NOON, 1, 100), state);
        double[] before = state.slots.clone();
        TickResult result = features.onTick(tick(NOON + SECOND, 2, -100), state);
        assertThat(result).isEqualTo(new TickResult(TickQuality.BAD_PRICE, null));
        assertThat(state.slots).isEqualTo(before);
    }

    @Test
    void startsColdAfterTheTimeToLiveAndKeepsTheSequence() {
        features.onTick(tick(NOON, 1, 100), state);
        features.onTick(tick(NOON + SECOND, 2, 101), state);
        assertThat(features.freeAfterMillis(state))
                .isEqualTo((NOON + SECOND + 4 * DAY) / 1_000 + 1);

        assertThat(features.onTick(tick(NOON + SECOND + 2 * DAY, 3, 102), state.copy()).quality())
                .isEqualTo(TickQuality.OK);
        TickResult later = features.onTick(tick(NOON + 3 * DAY, 3, 102), state);
        assertThat(later.vector()).isNotNull();
        assertThat(features.onTick(tick(NOON + 3 * DAY + SECOND, 3, 103), state).quality())
                .isEqualTo(TickQuality.DUPLICATE);
    }

    @Test
    void aDisownedFirstTickLeavesNoTrace() {
        SymbolState clean = new SymbolState();
        features.onTick(tick(NOON + 900 * 365 * DAY, 9, 500), state);
        for (int i = 0; i < 3; i++) {
            Tick tick = tick(NOON + i * SECOND, i + 1, 100 + i);
            FeatureVector vector = features.onTick(tick, state).vector();
            FeatureVector expected = features.onTick(tick, clean).vector();
            assertThat(FeatureVectors.sameBits(vector, expected)).isTrue();
        }
    }

    @Test
    void timesAtTheEndsOfTheRangeAreHarmless() {
        features.onTick(tick(Long.MIN_VALUE, 1, 100), state);
        features.onTick(tick(NOON, 2, 100), state);
        features.onTick(tick(NOON + SECOND, 3, 101), state);
        SymbolState clean = new SymbolState();
        features.onTick(tick(NOON + SECOND, 3, 101), clean);
        assertThat(state.slots).isEqualTo(clean.slots);
        SymbolState atTheEnd = new SymbolState();
        features.onTick(tick(Long.MAX_VALUE, 1, 100), atTheEnd);
        assertThat(features.freeAfterMillis(atTheEnd)).isEqualTo(Long.MAX_VALUE / 1_000 + 1);
    }

    @Test
    void refusesATimeToLiveOfNothing() {
        assertThatThrownBy(
                        () ->
                                new SymbolFeatures(
                                        features.features(), QualityRules.DEFAULT, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be positive, not PT0S");
    }

    @Test
    void stateTellsWhatItHolds() {
        features.onTick(tick(NOON, 1, 100), state);
        assertThat(state.copy()).hasToString(state.toString());
        assertThat(state.toString()).contains("highestMicros=" + NOON, "tradeSequence=1");
        assertThat(state.holdsNumbers()).isTrue();
        state.free();
        assertThat(state.holdsNumbers()).isFalse();
    }

    private static Tick tick(long micros, long sequence, double price) {
        return Tick.trade("s", micros, micros, sequence, price, 1, null);
    }
}
