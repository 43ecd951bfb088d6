package com.shivx.features.tick;

/** What a tick reports. */
public enum TickKind {
    /** One execution: price, size and, where known, the side that took liquidity. */
    TRADE,
    /** One state of the top of the book: best bid and ask with their sizes. */
    QUOTE
}
