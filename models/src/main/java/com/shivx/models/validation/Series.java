package com.shivx.models.validation;

/**
 * Something over time.
 *
 * @param name what it is
 * @param timeMicros microseconds since the epoch, rising
 * @param values one a time; NaN where there is none
 */
public record Series(String name, long[] timeMicros, double[] values) {}
