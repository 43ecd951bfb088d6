package com.shivx.models.deployment;

/** What a canary's share is a share of. */
public enum RoutingUnit {
    /** Whole symbols: each is the canary's or the champion's all the time. */
    SYMBOL,
    /** Slices of a symbol's event time, for markets of few symbols. */
    SYMBOL_SLICE
}
