package com.shivx.features;

/**
 * How a feature's value is read off its kernel after the tick has been taken; usually a method
 * reference such as {@code Macd::signal}.
 *
 * @param <K> the kernel
 */
@FunctionalInterface
public interface Reading<K extends Kernel> {

    /** The value; NaN where it is undefined or its input is missing. Changes no state. */
    double read(K kernel, Moment now, double[] state, int at);
}
