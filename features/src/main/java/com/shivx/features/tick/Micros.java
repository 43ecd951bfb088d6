package com.shivx.features.tick;

/** Differences of times that anyone may have sent, the extremes of a long included. */
final class Micros {

    private Micros() {}

    /** {@code to - from}, held at the ends of the range instead of wrapping round. */
    static long between(long from, long to) {
        long difference = to - from;
        boolean wrapped = ((to ^ from) & (to ^ difference)) < 0;
        if (!wrapped) {
            return difference;
        }
        return to < from ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
