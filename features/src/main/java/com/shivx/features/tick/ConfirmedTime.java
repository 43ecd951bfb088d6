package com.shivx.features.tick;

/**
 * Which event times may move a watermark: those quality accepts, once a second tick of the symbol
 * stands behind them. The source's generator asks this with a {@link QualityState} of its own per
 * symbol, so that a stray time moves neither state nor watermark.
 */
public final class ConfirmedTime {

    /** No time is confirmed. */
    public static final long NONE = Long.MIN_VALUE;

    private ConfirmedTime() {}

    /**
     * Takes the tick into the state.
     *
     * @return the symbol's highest event time in microseconds, or {@link #NONE} while a single tick
     *     vouches for it and where the tick advances nothing
     */
    public static long confirm(Tick tick, QualityState state, QualityRules rules) {
        return switch (TickQuality.classifyAndAdvance(tick, state, rules)) {
            case OK, CROSSED -> state.isConfirmed() ? state.highestMicros : NONE;
            case BAD_PRICE, BAD_SIZE, FUTURE, DUPLICATE, OUT_OF_ORDER -> NONE;
        };
    }
}
