package com.shivx.models.quantization;

/**
 * Weights and biases of a product as whole numbers, with a scale for each output: w ≈ q · scale,
 * scale = max|w| / 127 over the output's weights (1 where all are 0), q = round(w / scale), −127 to
 * 127. A bias is a 32-bit number at the scale of the sums that it is added to, the activation's
 * times the output's.
 *
 * @param bytes the weights, row-major [inputs, outputs]
 * @param scales one for each output
 * @param biases one for each output
 */
record ChannelWeights(byte[] bytes, float[] scales, int[] biases) {

    private static final int STEPS = 127;

    /**
     * The largest whole number that a bias may become: sums of products are added to it, and both
     * must fit 32 bits.
     */
    private static final double MOST_BIAS = 1 << 30;

    /** What an output without weights has its bias counted in. */
    private static final double BIAS_STEPS = 1 << 20;

    /** Quantises a product whose activations have that scale. */
    static ChannelWeights of(Product product, float activationScale) {
        int outputs = product.outputs();
        float[] weights = product.weights();
        float[] scales = new float[outputs];
        for (int i = 0; i < weights.length; i++) {
            scales[i % outputs] = Math.max(scales[i % outputs], Math.abs(weights[i]));
        }
        int[] biases = new int[outputs];
        for (int output = 0; output < outputs; output++) {
            float bias = product.bias(output);
            scales[output] = scale(scales[output], bias, activationScale);
            float biasScale = activationScale * scales[output];
            biases[output] = (int) Math.rint(bias / (double) biasScale);
        }
        byte[] bytes = new byte[weights.length];
        for (int i = 0; i < weights.length; i++) {
            double q = Math.rint(weights[i] / (double) scales[i % outputs]);
            bytes[i] = (byte) Math.max(-STEPS, Math.min(STEPS, q));
        }
        return new ChannelWeights(bytes, scales, biases);
    }

    /** What one of each bias stands for. */
    float[] biasScales(float activationScale) {
        float[] biasScales = scales.clone();
        for (int output = 0; output < biasScales.length; output++) {
            biasScales[output] *= activationScale;
        }
        return biasScales;
    }

    /**
     * The output's scale. Where weights are so small beside the bias that the bias would not fit 32
     * bits, it is one at which the bias fits: what the weights lose is nothing beside it.
     */
    private static float scale(float largest, float bias, float activationScale) {
        double scale = largest / (double) STEPS;
        double smallest = Math.abs(bias) / (activationScale * MOST_BIAS);
        if (largest == 0) {
            // With scale 1 the bias would be rounded to a whole activation step.
            scale = bias == 0 ? 1 : Math.abs(bias) / (activationScale * BIAS_STEPS);
        }
        // And the scale of the sums must not vanish.
        double least = Float.MIN_NORMAL * Math.max(1, 1 / (double) activationScale);
        return (float) Math.max(least, Math.max(scale, smallest));
    }
}
