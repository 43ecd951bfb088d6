package com.shivx.features.tick;

/** The side of a trade that took liquidity. */
public enum Aggressor {
    BUY,
    SELL
}
