package com.shivx.drift.comparison;

/** Which of two models the evidence speaks for. */
public enum Better {
    NEWER,
    OLDER,
    /** Not enough evidence for either. */
    UNDECIDED
}
