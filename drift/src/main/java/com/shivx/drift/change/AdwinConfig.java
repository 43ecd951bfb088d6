package com.shivx.drift.change;

/**
 * What {@link Adwin} goes by.
 *
 * @param delta how likely a change is found in a stream that has none; between 0 and 1
 * @param clock it looks once in so many values
 * @param maxBuckets of each size before two are made one
 * @param minLength values that each of the two parts must have
 * @param gracePeriod values before it looks at all
 */
public record AdwinConfig(double delta, int clock, int maxBuckets, int minLength, int gracePeriod) {

    /** River's. */
    public static final AdwinConfig SHIPPED = new AdwinConfig(0.002, 32, 5, 5, 10);

    public AdwinConfig {
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException(
                    "delta must lie between 0 and 1, not %s".formatted(delta));
        }
        if (clock < 1 || maxBuckets < 1 || minLength < 1 || gracePeriod < 0) {
            throw new IllegalArgumentException(
                    "clock %d, maxBuckets %d and minLength %d must be 1 or more, gracePeriod %d 0 or more"
                            .formatted(clock, maxBuckets, minLength, gracePeriod));
        }
    }
}
