package com.shivx.drift.live;

/** What is said of a column, or of a whole window. */
public enum Verdict {
    /** Within what the reference shows of itself. */
    OK,
    /** Beyond it in this window. */
    WARN,
    /** Beyond it in so many of the last windows that chance does not explain it. */
    ALERT,
    /** Too little to tell: which is not the same as no drift. */
    INSUFFICIENT,
    /** The reference varies so much by itself that nothing could be told from it. */
    BLIND,
    /** Nobody wants to know: it follows the calendar. */
    UNWATCHED
}
