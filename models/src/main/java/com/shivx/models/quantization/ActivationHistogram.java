package com.shivx.models.quantization;

/**
 * How often an activation has values of which size, in bins of 3 % of the value: those of equal
 * sign, exponent and first five bits after the point. Constant memory, and the same counts in any
 * order of the values. Zeros are counted apart, for every scale holds them exactly; what is not
 * finite is counted and otherwise left out.
 */
final class ActivationHistogram {

    private static final int MANTISSA_BITS_DROPPED = 18;
    private static final int BINS =
            Float.floatToIntBits(Float.POSITIVE_INFINITY) >>> MANTISSA_BITS_DROPPED;

    private final long[] negative = new long[BINS];
    private final long[] positive = new long[BINS];
    private long zeros;
    private long notFinite;
    private float lowest;
    private float highest;

    void add(float value) {
        if (!Float.isFinite(value)) {
            notFinite++;
        } else if (value == 0) {
            zeros++;
        } else {
            int bin = Float.floatToIntBits(Math.abs(value)) >>> MANTISSA_BITS_DROPPED;
            (value < 0 ? negative : positive)[bin]++;
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
    }

    /** Finite values. */
    long count() {
        long count = zeros;
        for (int bin = 0; bin < BINS; bin++) {
            count += negative[bin] + positive[bin];
        }
        return count;
    }

    /** Values that were NaN or infinite. */
    long notFinite() {
        return notFinite;
    }

    /** The lowest finite value, or 0 if none is below. */
    float lowest() {
        return lowest;
    }

    /** The highest finite value, or 0 if none is above. */
    float highest() {
        return highest;
    }

    /**
     * The range that all but a share of the values lie in, on either side, to the upper edge of a
     * bin; never beyond what was seen.
     *
     * @param share of the finite values that may lie beyond each end, such as 1e-4
     */
    ActivationScale scale(double share) {
        long beyond = (long) Math.floor(share * count());
        return ActivationScale.over(
                -Math.min(edge(negative, beyond), -lowest),
                Math.min(edge(positive, beyond), highest));
    }

    /** The upper edge of the lowest bin that at most so many values lie above. */
    private static double edge(long[] counts, long beyond) {
        long above = 0;
        for (int bin = BINS - 1; bin >= 0; bin--) {
            above += counts[bin];
            if (above > beyond) {
                // Of the highest bin it is infinity.
                return Float.intBitsToFloat((bin + 1) << MANTISSA_BITS_DROPPED);
            }
        }
        return 0;
    }
}
