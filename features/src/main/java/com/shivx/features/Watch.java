package com.shivx.features;

/** How a feature is watched for drift. */
public enum Watch {
    /** Its distribution is compared with the model's reference. */
    DISTRIBUTION,
    /** Only its range and its share of missing values are. */
    RANGE,
    /** It follows the calendar, so half a day never looks like the other: no verdict on it. */
    CALENDAR
}
