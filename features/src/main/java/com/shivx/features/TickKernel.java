package com.shivx.features;

/** A kernel that looks at every good tick. */
public interface TickKernel extends Kernel {

    /** Takes one tick; constant time, whatever the time since the last. */
    void onTick(Moment now, double[] state, int at);
}
