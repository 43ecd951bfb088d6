package com.shivx.drift;

/**
 * Numbers that a few lines of any language draw alike (G. Steele, D. Lea and C. Flood, "Fast
 * splittable pseudorandom number generators", 2014).
 */
public final class SplitMix64 {

    private long state;

    public SplitMix64(long seed) {
        state = seed;
    }

    /** The next of 0 to 1, 1 excluded. */
    public double uniform() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 11) * 0x1p-53;
    }
}
