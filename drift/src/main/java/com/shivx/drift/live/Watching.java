package com.shivx.drift.live;

/** How a column is watched. */
public enum Watching {
    /** Its distribution is held against the reference's. */
    DISTRIBUTION,
    /** Only whether its values stay within their range. */
    RANGE,
    /** It follows the calendar, so one half of a day never looks like the other: only shown. */
    CALENDAR
}
