package com.shivx.cli.market;

import java.time.Duration;

/**
 * What a simulated market is made from.
 *
 * @param seed the same seed gives the same market, tick for tick
 * @param startMicros event time at which it opens, microseconds since the epoch
 * @param regimeChangeMicros event time at which its regime changes; {@link Long#MAX_VALUE}: never
 */
public record MarketConfig(long seed, long startMicros, long regimeChangeMicros) {

    /** Event time from the opening that there is to learn from before anything is predicted. */
    public static final Duration LEAD_IN = Duration.ofMinutes(60);

    /** Event time from the opening to the change of regime. */
    public static final Duration REGIME_CHANGE_AFTER = Duration.ofMinutes(65);

    public MarketConfig {
        if (regimeChangeMicros < startMicros) {
            throw new IllegalArgumentException("the regime cannot change before the market opens");
        }
    }

    /** The market of the demo, opening at {@code startMicros}. */
    public static MarketConfig of(long seed, long startMicros) {
        return new MarketConfig(
                seed, startMicros, startMicros + REGIME_CHANGE_AFTER.toNanos() / 1_000);
    }

    /** The same market, whose regime never changes. */
    public MarketConfig withoutChange() {
        return new MarketConfig(seed, startMicros, Long.MAX_VALUE);
    }

    Regime regimeAt(long eventTimeMicros) {
        return eventTimeMicros < regimeChangeMicros ? Regime.FOLLOWING : Regime.FADING;
    }
}
