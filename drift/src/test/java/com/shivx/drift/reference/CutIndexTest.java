package com.shivx.drift.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class CutIndexTest {

    @Test
    void findsWhatABinarySearchFinds() {
        Random random = new Random(2);
        DoubleUnaryOperator[] shapes = {
            x -> x,
            Math::exp,
            x -> Math.exp(20 * x),
            x -> Math.rint(x * 3),
            x -> Math.copySign(Math.exp(200 * Math.abs(x)), x),
            x -> x < 0 ? x * 1e-300 : 1e300 * x,
            x -> x > 1 ? Double.MAX_VALUE : x < -1 ? -Double.MAX_VALUE : Double.MIN_VALUE * 9 * x,
            x -> 1 + Math.rint(x * 4) * 0x1p-52
        };
        for (DoubleUnaryOperator shape : shapes) {
            for (int n : new int[] {0, 1, 2, 9, 300, 2_000}) {
                double[] cuts =
                        random.doubles(n)
                                .map(u -> shape.applyAsDouble(random.nextGaussian()) + 0.0)
                                .filter(Double::isFinite)
                                .sorted()
                                .distinct()
                                .toArray();
                CutIndex index = new CutIndex(cuts);
                for (double cut : cuts) {
                    assertAgrees(index, cuts, cut);
                    assertAgrees(index, cuts, Math.min(Double.MAX_VALUE, Math.nextUp(cut)));
                    assertAgrees(index, cuts, Math.max(-Double.MAX_VALUE, Math.nextDown(cut)));
                }
                random.doubles(1_000)
                        .map(u -> shape.applyAsDouble(3 * random.nextGaussian()))
                        .filter(Double::isFinite)
                        .forEach(value -> assertAgrees(index, cuts, value));
                assertAgrees(index, cuts, -0.0);
                assertAgrees(index, cuts, Double.MAX_VALUE);
                assertAgrees(index, cuts, -Double.MAX_VALUE);
                assertAgrees(index, cuts, Double.MIN_VALUE);
                assertAgrees(index, cuts, -Double.MIN_VALUE);
            }
        }
    }

    @Test
    void findsManyAsItFindsOne() {
        Random random = new Random(3);
        double[] cuts = random.doubles(2_000).map(Math::log).sorted().distinct().toArray();
        CutIndex index = new CutIndex(cuts);
        double[] values = random.doubles(500).map(Math::log).toArray();
        int count = values.length - 1;
        int[] found = new int[values.length];

        index.below(values, count, found);

        for (int i = 0; i < count; i++) {
            assertThat(found[i]).isEqualTo(index.below(values[i]));
        }
        assertThat(found[count]).isZero();
        // What is found is of no worth; that it ends is.
        double[] strange = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        assertThatCode(() -> index.below(strange, strange.length, found))
                .doesNotThrowAnyException();
    }

    private static void assertAgrees(CutIndex index, double[] cuts, double value) {
        long below = Arrays.stream(cuts).filter(cut -> cut < value).count();
        if (index.below(value) != below) {
            assertThat(index.below(value))
                    .as("%s of %d", value, cuts.length)
                    .isEqualTo((int) below);
        }
    }
}
