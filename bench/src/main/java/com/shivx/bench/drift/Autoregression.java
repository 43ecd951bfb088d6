package com.shivx.bench.drift;

import java.util.SplittableRandom;

/**
 * An AR(1) series, {@code x' = φ·x + √(1−φ²)·ε} with normal ε: mean 0, variance 1, from the start.
 */
final class Autoregression {

    private final SplittableRandom random;
    private final double phi;
    private final double noise;
    private double value;

    Autoregression(double phi, SplittableRandom random) {
        this.random = random;
        this.phi = phi;
        this.noise = Math.sqrt(1 - phi * phi);
        this.value = random.nextGaussian();
    }

    double next() {
        double now = value;
        value = phi * now + noise * random.nextGaussian();
        return now;
    }
}
