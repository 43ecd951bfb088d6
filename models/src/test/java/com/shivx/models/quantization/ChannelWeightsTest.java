package com.shivx.models.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.shivx.models.testing.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights and biases against what they stand for. */
class ChannelWeightsTest {

    private static final float ACTIVATION = 0.04f;

    @Test
    void standsForEveryWeightToHalfAStepOfItsOutput() {
        float[] weights = Networks.rows(4, 1, 64 * 5)[0];
        for (int i = 0; i < weights.length; i += 5) {
            weights[i + 1] *= 1000;
            weights[i + 2] *= 1e-6f;
        }
        float[] bias = {1, -2, 0.5f, 0, 100};
        ChannelWeights quantized = of(weights, 5, bias);

        for (int i = 0; i < weights.length; i++) {
            float scale = quantized.scales()[i % 5];
            assertThat(quantized.bytes()[i] * (double) scale)
                    .isCloseTo(weights[i], within(0.500001 * scale));
            assertThat((int) quantized.bytes()[i]).isBetween(-127, 127);
        }
        for (int output = 0; output < 5; output++) {
            float scale = quantized.biasScales(ACTIVATION)[output];
            assertThat(scale).isEqualTo(ACTIVATION * quantized.scales()[output]);
            assertThat(quantized.biases()[output] * (double) scale)
                    .isCloseTo(bias[output], within(0.500001 * scale));
        }
    }

    @Test
    void usesTheWholeRangeOfBytes() {
        ChannelWeights quantized = of(new float[] {-0.5f, 0.25f, 0, 0.5f}, 1, null);

        assertThat(quantized.scales()).containsExactly(0.5f / 127);
        assertThat(quantized.bytes()).containsExactly(-127, 64, 0, 127);
        assertThat(quantized.biases()).containsExactly(0);
    }

    @Test
    void hasScaleOneForAnOutputOfZeros() {
        assertThat(of(new float[3], 1, null).scales()).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.013", "0, -3e20", "1e-30, 7", "1e-12, -1e4", "0, 1e-38", "1e-44, 0"})
    void keepsABiasBesideWeightsThatAreNothing(float weight, float bias) {
        ChannelWeights quantized = of(new float[] {weight, -weight}, 1, new float[] {bias});
        double stands = quantized.biases()[0] * (double) quantized.biasScales(ACTIVATION)[0];

        assertThat(Float.isFinite(quantized.scales()[0])).isTrue();
        assertThat(stands).isCloseTo(bias, within(Math.max(1e-37, 1e-5 * Math.abs(bias))));
        assertThat(Math.abs((long) quantized.biases()[0])).isLessThanOrEqualTo(1L << 30);
    }

    private static ChannelWeights of(float[] weights, int outputs, float[] bias) {
        Product product =
                new Product(0, -1, "p", "x", "y", weights.length / outputs, outputs, weights, bias);
        return ChannelWeights.of(product, ACTIVATION);
    }
}
