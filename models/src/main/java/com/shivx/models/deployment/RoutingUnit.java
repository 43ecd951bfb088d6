package com.shivx.models.deployment;

import com.shivx.drift.accuracy.SymbolHashes;

/** What a canary's share is a share of. */
public enum RoutingUnit {
    /** Whole symbols: each is the canary's or the champion's all the time. */
    SYMBOL,
    /** Slices of a symbol's event time, for markets of few symbols. */
    SYMBOL_SLICE;

    /**
     * What a canary is given that begins among so many symbols: of few, a tenth is none or one.
     *
     * @param symbols how many, {@link SymbolHashes#MOST} for as many or more; 0 where nobody knows
     */
    public static RoutingUnit among(int symbols) {
        return symbols < SymbolHashes.MOST ? SYMBOL_SLICE : SYMBOL;
    }
}
