package com.shivx.models.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.shivx.models.testing.Networks;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The histogram against the sorted values. */
class ActivationHistogramTest {

    private static final double BIN = 1 / 32.0;

    @Test
    void cutsOffTheShareOfTheSortedValues() {
        float[] values = Networks.rows(9, 1, 50_000)[0];
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        ActivationHistogram histogram = of(values);

        for (double share : new double[] {0, 1e-4, 1e-3, 1e-2}) {
            int beyond = (int) (share * values.length);
            double low = sorted[beyond];
            double high = sorted[values.length - 1 - beyond];
            ActivationScale scale = histogram.scale(share);
            double lowest = -scale.zeroPoint() * (double) scale.scale();
            double highest = (255 - scale.zeroPoint()) * (double) scale.scale();
            assertThat(lowest).isBetween(low * (1 + 2 * BIN), low * (1 - BIN / 2));
            assertThat(highest).isBetween(high * (1 - BIN / 2), high * (1 + 2 * BIN));
        }
        assertThat(histogram.count()).isEqualTo(values.length);
    }

    @Test
    void reachesExactlyToTheEndsWhereNothingIsCutOff() {
        ActivationScale scale = of(-1, 0.3f, 2, 1.54999f).scale(0);

        assertThat((double) scale.scale()).isCloseTo(3.0 / 255, within(1e-9));
        assertThat(scale.zeroPoint()).isEqualTo(85);
    }

    @Test
    void leavesOutWhatIsNotFinite() {
        ActivationHistogram histogram =
                of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1, Float.MAX_VALUE);

        assertThat(histogram.count()).isEqualTo(2);
        assertThat(histogram.notFinite()).isEqualTo(3);
        assertThat(histogram.scale(0).scale()).isEqualTo(Float.MAX_VALUE / 255);
    }

    @Test
    void makesAScaleOfConstants() {
        assertThat(of(0, -0f, 0).scale(1e-4)).isEqualTo(new ActivationScale(1, 0));
        assertThat(of().scale(1e-4)).isEqualTo(new ActivationScale(1, 0));
        assertThat(of(Float.MIN_VALUE, Float.MIN_VALUE).scale(1e-4))
                .isEqualTo(new ActivationScale(1, 0));
        assertThat(of(5.1f, 5.1f).scale(1e-4)).isEqualTo(new ActivationScale(5.1f / 255, 0));
        assertThat(of(-5.1f, -5.1f).scale(1e-4)).isEqualTo(new ActivationScale(5.1f / 255, 255));
    }

    private static ActivationHistogram of(float... values) {
        ActivationHistogram histogram = new ActivationHistogram();
        for (float value : values) {
            histogram.add(value);
        }
        return histogram;
    }
}
