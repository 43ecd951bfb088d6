package com.shivx.features;

/**
 * A calculation without state of its own: its numbers are a slice of the symbol's array. Kernels
 * are values (records): equal ones in a set share one slice and are computed once.
 *
 * <p>A slice of zeros means that nothing has been seen. A kernel touches only {@code state[at]} to
 * {@code state[at + slots() - 1]}, reads no clock, and gives the same bits on every machine
 * (StrictMath).
 *
 * @see TickKernel
 * @see BarKernel
 */
public interface Kernel {

    /** How many numbers of state it needs. */
    int slots();
}
