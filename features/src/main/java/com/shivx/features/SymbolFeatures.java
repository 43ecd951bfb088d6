package com.shivx.features;

import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import java.time.Duration;

/**
 * All that happens to one symbol's tick, as one call: quality, a cold start after a long silence,
 * features. Live, backfill, SQL and tests make this call and no other, and so agree to the bit.
 */
public final class SymbolFeatures {

    /** A symbol silent for longer starts cold. */
    public static final Duration DEFAULT_SYMBOL_TTL = Duration.ofDays(7);

    private final FeatureSet features;
    private final SymbolQuality quality;

    /** The default rules. */
    public SymbolFeatures(FeatureSet features) {
        this(features, QualityRules.DEFAULT, SymbolQuality.DEFAULT_SYMBOL_TTL);
    }

    /** The given rules. */
    public SymbolFeatures(FeatureSet features, QualityRules rules, Duration symbolTtl) {
        this.features = features;
        this.quality = new SymbolQuality(rules, symbolTtl);
    }

    /** Takes a tick, good or bad, of the state's symbol. */
    public TickResult onTick(Tick tick, SymbolState state) {
        TickQuality verdict = quality.onTick(tick, state);
        return new TickResult(
                verdict, verdict == TickQuality.OK ? features.update(tick, state) : null);
    }

    /** As {@link SymbolQuality#freeAfterMillis}. */
    public long freeAfterMillis(SymbolState state) {
        return quality.freeAfterMillis(state);
    }

    /** The set that is computed. */
    public FeatureSet features() {
        return features;
    }
}
