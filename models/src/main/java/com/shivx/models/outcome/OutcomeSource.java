package com.shivx.models.outcome;

/** Who said what happened. */
public enum OutcomeSource {
    /** The symbol's own ticks. */
    TICKS,
    /** A label from outside, which wins over ticks. */
    LABEL
}
