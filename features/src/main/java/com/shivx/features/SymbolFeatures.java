package com.shivx.features;

import com.shivx.features.tick.Micros;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.QualityState;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * All that happens to one symbol's tick, as one call: quality, a cold start after a long silence,
 * features. Live, backfill, SQL and tests make this call and no other, and so agree to the bit.
 */
public final class SymbolFeatures {

    /** A symbol silent for longer starts cold. */
    public static final Duration DEFAULT_SYMBOL_TTL = Duration.ofDays(7);

    private final FeatureSet features;
    private final QualityRules rules;
    private final long symbolTtlMicros;

    /** The default rules. */
    public SymbolFeatures(FeatureSet features) {
        this(features, QualityRules.DEFAULT, DEFAULT_SYMBOL_TTL);
    }

    /** The given rules. */
    public SymbolFeatures(FeatureSet features, QualityRules rules, Duration symbolTtl) {
        this.features = features;
        this.rules = rules;
        this.symbolTtlMicros = TimeUnit.MICROSECONDS.convert(symbolTtl);
        if (symbolTtlMicros <= 0) {
            throw new IllegalArgumentException(
                    "The time after which a symbol starts cold must be positive, not " + symbolTtl);
        }
    }

    /** Takes a tick, good or bad, of the state's symbol. */
    public TickResult onTick(Tick tick, SymbolState state) {
        QualityState quality = state.quality;
        long before = quality.highestMicros;
        TickQuality verdict = TickQuality.classifyAndAdvance(tick, quality, rules);
        // Silent for long, or begun by a stray tick that the next has disowned.
        long moved = Micros.between(before, quality.highestMicros);
        if (moved > symbolTtlMicros || moved < 0) {
            state.free();
        }
        return new TickResult(
                verdict, verdict == TickQuality.OK ? features.update(tick, state) : null);
    }

    /**
     * When a silent symbol's numbers may be freed, in milliseconds of event time. Twice the time
     * after which it starts cold anyway: its next tick may lag behind other symbols by as much as
     * that, and must find what it would have found.
     */
    public long freeAfterMillis(SymbolState state) {
        long micros = Micros.after(state.quality.highestMicros, 2 * symbolTtlMicros);
        return TimeUnit.MICROSECONDS.toMillis(micros) + 1;
    }

    /** The set that is computed. */
    public FeatureSet features() {
        return features;
    }
}
