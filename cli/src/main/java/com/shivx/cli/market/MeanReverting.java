package com.shivx.cli.market;

/**
 * An Ornstein-Uhlenbeck process with mean 0 in its stationary law, advanced exactly over any step:
 * {@code x(t+d) = x(t)·e^(−d/τ) + s·√(1 − e^(−2d/τ))·N(0, 1)}.
 */
final class MeanReverting {

    private final double timeConstantSeconds;
    private final double deviation;
    private final Noise noise;
    private double value;

    MeanReverting(double timeConstantSeconds, double deviation, Noise noise) {
        this.timeConstantSeconds = timeConstantSeconds;
        this.deviation = deviation;
        this.noise = noise;
        value = deviation * noise.normal();
    }

    double value() {
        return value;
    }

    void advance(double seconds) {
        double kept = StrictMath.exp(-seconds / timeConstantSeconds);
        value = value * kept + deviation * StrictMath.sqrt(1 - kept * kept) * noise.normal();
    }
}
