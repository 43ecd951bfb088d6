package com.shivx.models.wire;

/** Why a record or row is not what its topic or file holds. */
public enum DeadLetterReason {
    /** Nothing, or nothing but white space. */
    EMPTY,
    /** Not UTF-8, or with a NUL in it. */
    NOT_TEXT,
    /** Not one JSON object with each known field at most once; a bare {@code NaN} is not JSON. */
    NOT_JSON,
    /** A field that such a record must have is absent, null or blank. */
    MISSING_FIELD,
    /** A field, or the whole, is of another type, out of its type's range, or none of its words. */
    WRONG_TYPE,
    /** The kind of a tick is neither TRADE nor QUOTE. */
    UNKNOWN_KIND,
    /**
     * Longer than a record may be, nested deeper than 1,000, or with a number beyond 1,000
     * characters.
     */
    TOO_LARGE,
    /** A label of which no prediction was known while it was kept. */
    UNUSED
}
