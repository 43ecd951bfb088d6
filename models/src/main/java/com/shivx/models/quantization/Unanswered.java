package com.shivx.models.quantization;

/**
 * Which rows a model leaves unanswered. A byte can say neither that a value is missing nor that it
 * is infinite, and the quantised form must not make up an answer where the original has none.
 */
public enum Unanswered {
    /** None: it imputes what is missing, and bounds what is not finite. */
    NONE,
    /** Rows with a missing value. */
    MISSING,
    /** Rows with a missing or an infinite value. */
    NOT_FINITE
}
