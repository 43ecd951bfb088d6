package com.shivx.features;

import com.shivx.features.tick.Micros;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickQuality;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether a symbol's tick is good, and whether the symbol's numbers still count: after a long
 * silence, and after a stray first tick, they are forgotten.
 *
 * @param rules what is good
 * @param symbolTtl a symbol silent for longer starts cold; positive
 */
public record SymbolQuality(QualityRules rules, Duration symbolTtl) implements Serializable {

    /** A symbol silent for longer starts cold. */
    public static final Duration DEFAULT_SYMBOL_TTL = Duration.ofDays(7);

    public SymbolQuality {
        if (TimeUnit.MICROSECONDS.convert(symbolTtl) <= 0) {
            throw new IllegalArgumentException(
                    "The time after which a symbol starts cold must be positive, not " + symbolTtl);
        }
    }

    /** Judges the next tick of the state's symbol, and forgets what no longer counts. */
    public TickQuality onTick(Tick tick, SymbolState state) {
        long before = state.quality.highestMicros;
        TickQuality verdict = TickQuality.classifyAndAdvance(tick, state.quality, rules);
        // Silent for long, or begun by a stray tick that the next has disowned.
        long moved = Micros.between(before, state.quality.highestMicros);
        if (moved > ttlMicros() || moved < 0) {
            state.free();
        }
        return verdict;
    }

    /**
     * When a silent symbol's numbers may be freed, in milliseconds of event time. Twice the time
     * after which it starts cold anyway: its next tick may lag behind other symbols by as much as
     * that, and must find what it would have found.
     */
    public long freeAfterMillis(SymbolState state) {
        long micros = Micros.after(state.quality.highestMicros, 2 * ttlMicros());
        return TimeUnit.MICROSECONDS.toMillis(micros) + 1;
    }

    private long ttlMicros() {
        return TimeUnit.MICROSECONDS.convert(symbolTtl);
    }
}
