package com.shivx.features.label;

/** How far a price must go to have gone anywhere. */
public enum Threshold {
    /**
     * {@code 0.43·σ·√(H/1 s)} of the entry's volatility, which makes the three directions about
     * equally frequent.
     */
    VOL,
    /** What a round trip costs: half the spread at entry and at exit, and both fees. */
    COST
}
