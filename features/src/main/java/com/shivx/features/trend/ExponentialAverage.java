package com.shivx.features.trend;

/**
 * Exponential moving average {@code y ← y + α·(x − y)}, seeded by the simple average of the first
 * values; NaN until then. A run of equal values has the closed form {@code y ← x + (y − x)·(1 −
 * α)ⁿ}. NaN and infinite values are not expected and stay.
 *
 * @param alpha weight of a new value
 * @param seedLength values that make the seed
 */
public record ExponentialAverage(double alpha, int seedLength) {

    /** Numbers of state. */
    public static final int SLOTS = 2;

    private static final int COUNT = 0;

    /** The average; the sum while the seed is being made. */
    private static final int VALUE = 1;

    public ExponentialAverage {
        if (!(alpha > 0 && alpha <= 1) || seedLength < 1) {
            throw new IllegalArgumentException(
                    "No exponential average has weight "
                            + alpha
                            + " and a seed of "
                            + seedLength
                            + " values");
        }
    }

    /** The usual one of a length: {@code α = 2 / (length + 1)}. */
    public static ExponentialAverage ofLength(int length, Seed seed) {
        return new ExponentialAverage(2.0 / (length + 1), seedLength(length, seed));
    }

    /** Wilder's of a length: {@code α = 1 / length}. */
    public static ExponentialAverage wilder(int length, Seed seed) {
        return new ExponentialAverage(1.0 / length, seedLength(length, seed));
    }

    private static int seedLength(int length, Seed seed) {
        return switch (seed) {
            case AVERAGE -> length;
            case FIRST -> 1;
        };
    }

    /** Adds one value. */
    public void add(double value, double[] state, int at) {
        if (isSeeded(state, at)) {
            state[at + VALUE] += alpha * (value - state[at + VALUE]);
        } else {
            addToSeed(value, 1, state, at);
        }
    }

    /** Adds the same value that many times. */
    public void add(double value, long times, double[] state, int at) {
        long toSeed = Math.min(times, seedLength - (long) state[at + COUNT]);
        if (toSeed > 0) {
            addToSeed(value, toSeed, state, at);
        }
        long rest = times - toSeed;
        if (rest > 0) {
            state[at + VALUE] = value + (state[at + VALUE] - value) * remaining(rest);
        }
    }

    private void addToSeed(double value, long times, double[] state, int at) {
        state[at + VALUE] += value * times;
        state[at + COUNT] += times;
        if (isSeeded(state, at)) {
            state[at + VALUE] /= seedLength;
        }
    }

    /** The average; NaN before the seed is made. */
    public double value(double[] state, int at) {
        return isSeeded(state, at) ? state[at + VALUE] : Double.NaN;
    }

    /** Replaces the value of an average whose steps someone else has summed. */
    void set(double value, double[] state, int at) {
        state[at + VALUE] = value;
    }

    /** Whether it has a value. */
    boolean isSeeded(double[] state, int at) {
        return state[at + COUNT] == seedLength;
    }

    /** What that many steps leave of a value: {@code (1 − α)ⁿ}, by repeated squaring. */
    public double remaining(long steps) {
        double power = 1;
        double square = 1 - alpha;
        for (long left = steps; left > 0; left >>= 1) {
            power *= (left & 1) == 0 ? 1 : square;
            square *= square;
        }
        return power;
    }
}
