package com.shivx.jobs.wire;

/** Why a record or row is no tick. */
public enum DeadLetterReason {
    /** Nothing, or nothing but white space. */
    EMPTY,
    /** Not UTF-8, or with a NUL in it. */
    NOT_TEXT,
    /**
     * Not one JSON object with each field of a tick at most once; a bare {@code NaN} is not JSON.
     */
    NOT_JSON,
    /** A field that a tick of this kind must have is absent, null or blank. */
    MISSING_FIELD,
    /** A field, or the whole, is of another type or out of its type's range. */
    WRONG_TYPE,
    /** The kind is neither TRADE nor QUOTE. */
    UNKNOWN_KIND,
    /**
     * Longer than a tick may be, nested deeper than 1,000, or with a number beyond 1,000
     * characters.
     */
    TOO_LARGE
}
