package com.shivx.cli.market;

import java.util.Random;

/**
 * A stream of random numbers that is the same on every JVM: {@link Random} is specified to the bit,
 * and so is {@link StrictMath}.
 */
final class Noise {

    private final Random random;

    /** A stream of its own for every pair of seed and stream number. */
    Noise(long seed, int stream) {
        random = new Random(mixed(seed + 0x9E3779B97F4A7C15L * (stream + 1)));
    }

    /** Standard normal. */
    double normal() {
        return random.nextGaussian();
    }

    /** Exponential with the given mean. */
    double exponential(double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }

    /** True with the given probability. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /**
     * Stafford's variant 13 of MurmurHash3's finalizer: neighbouring seeds give streams that have
     * nothing in common.
     */
    private static long mixed(long seed) {
        long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
