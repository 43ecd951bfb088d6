package com.shivx.features.tick;

/** Arithmetic of times that anyone may have sent, the extremes of a long included. */
public final class Micros {

    private Micros() {}

    /** {@code to - from}, held at the ends of the range instead of wrapping round. */
    public static long between(long from, long to) {
        long difference = to - from;
        boolean wrapped = ((to ^ from) & (to ^ difference)) < 0;
        if (!wrapped) {
            return difference;
        }
        return to < from ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** {@code time + duration} for a duration of 0 or more, held at the end of the range. */
    public static long after(long time, long duration) {
        return time > Long.MAX_VALUE - duration ? Long.MAX_VALUE : time + duration;
    }
}
