package com.shivx.models.quantization;

/**
 * How a float activation becomes a byte, the same for every row: q = clamp(round(x / scale) +
 * zeroPoint, 0, 255), which stands for (q − zeroPoint) · scale. Zero is exact, for most activations
 * are zeros of a Relu.
 *
 * @param scale above 0
 * @param zeroPoint the byte that stands for zero, 0 to 255
 */
public record ActivationScale(float scale, int zeroPoint) {

    /** Whole numbers that a byte has above its lowest. */
    private static final int STEPS = 255;

    /**
     * The scale whose bytes reach over a range, widened to hold zero. Activations that are all zero
     * get scale 1: nothing but zero is to be told from zero.
     *
     * @param low finite
     * @param high finite, not below {@code low}
     */
    static ActivationScale over(double low, double high) {
        double lowest = Math.min(0, low);
        double highest = Math.max(0, high);
        float scale = (float) ((highest - lowest) / STEPS);
        if (scale < Float.MIN_NORMAL) {
            return new ActivationScale(1, 0);
        }
        return new ActivationScale(scale, (int) Math.rint(-lowest / scale));
    }
}
