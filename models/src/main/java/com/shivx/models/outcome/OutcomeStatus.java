package com.shivx.models.outcome;

/** Whether what happened after a prediction is known. */
public enum OutcomeStatus {
    /** It is. */
    OK,
    /** No tick told in time, or the price was too old: counts against coverage. */
    MISSING
}
