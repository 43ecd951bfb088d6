package com.shivx.features.label;

/** Where a price went over a horizon, in the order of a model's classes. */
public enum Direction {
    /** The log return is below minus the threshold. */
    DOWN,
    /** It is between the two, or on one of them. */
    FLAT,
    /** It is above the threshold. */
    UP
}
