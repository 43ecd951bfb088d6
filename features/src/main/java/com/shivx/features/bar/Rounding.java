package com.shivx.features.bar;

/**
 * Tells a move of the price from the rounding of its numbers: the same mid is one bit more or less
 * when it lies between other quotes, and an oscillator that divides a move by a move would make a
 * signal of that bit.
 */
public final class Rounding {

    /** Half a tick of any market is more; what a sum of two decimals is off by is less. */
    private static final double RELATIVE = 1e-13;

    private Rounding() {}

    /** {@code price − from}, or exactly 0 where that is rounding and no move. */
    public static double move(double from, double price) {
        double move = price - from;
        return isNone(move, price) ? 0 : move;
    }

    /** Whether a distance between prices near that one is rounding and no move. */
    public static boolean isNone(double distance, double price) {
        return Math.abs(distance) <= RELATIVE * price;
    }
}
