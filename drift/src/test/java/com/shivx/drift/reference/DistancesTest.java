package com.shivx.drift.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistancesTest {

    /** scipy 1.17.1: {@code ks_2samp(a, b).statistic}. */
    @Test
    void distanceAgreesWithScipyAtTies() {
        double[] a = {1, 2, 2, 3, 5, 8, 8, 8, 9};
        double[] b = {0, 2, 4, 4, 8, 8, 10, 11};

        assertThat(KolmogorovSmirnov.distance(a, b)).isCloseTo(0.25, within(1e-15));
        assertThat(KolmogorovSmirnov.distance(b, a)).isCloseTo(0.25, within(1e-15));
        assertThat(KolmogorovSmirnov.distance(new double[] {1, 1, 1}, new double[] {1, 1, 2}))
                .isCloseTo(1 / 3.0, within(1e-15));
        assertThat(KolmogorovSmirnov.distance(a, new double[0])).isNaN();
    }

    @Test
    void distanceRefusesWhatIsNotSorted() {
        double[] sorted = {1, 2};

        assertThatThrownBy(() -> KolmogorovSmirnov.distance(sorted, new double[] {2, 1}))
                .hasMessageContaining("value 1 of a sample is 1.0");
        assertThatThrownBy(() -> KolmogorovSmirnov.distance(new double[] {Double.NaN}, sorted))
                .hasMessageContaining("NaN");
    }

    @Test
    void distanceOverStoredQuantilesIsWithinAThousandthOfThatOverRows() {
        Random random = new Random(31);
        for (int run = 0; run < 300; run++) {
            boolean tied = random.nextBoolean();
            double[] reference = sample(random, 50 + random.nextInt(5_000), 0, tied);
            double[] live = sample(random, 20 + random.nextInt(500), random.nextDouble(), tied);
            QuantileGrid grid = new QuantileGrid(QuantileGrid.quantiles(reference));
            double[] counts = new double[grid.cells()];
            for (double value : live) {
                counts[grid.cellOf(value)]++;
            }

            assertThat(grid.distance(counts))
                    .isCloseTo(KolmogorovSmirnov.distance(reference, live), within(1e-3 + 1e-12));
        }
    }

    @Test
    void withoutReferenceOrRowsThereIsNoDistance() {
        QuantileGrid none = new QuantileGrid(QuantileGrid.quantiles(new double[0]));

        assertThat(none.cells()).isEqualTo(1);
        assertThat(none.distance(new double[] {3})).isNaN();
        assertThat(new QuantileGrid(new double[] {1}).distance(new double[3])).isNaN();
    }

    /** numpy: {@code sum((q-p)*log(q/p))}, p = (c+.5)/(c.sum()+.5*4), over the four bins in use. */
    @Test
    void indexAgreesWithNumPy() {
        Psi psi = Psi.of(new double[] {100, 80, 0, 20, 0}, new double[] {50, 60, 5, 10, 0});

        assertThat(psi.value()).isCloseTo(0.156995815175343, within(1e-14));
        assertThat(psi.bins()).isEqualTo(4);
        assertThat(psi.corrected()).isCloseTo(0.117995815175343, within(1e-14));
        assertThat(psi.level()).isEqualTo(Psi.Level.SMALL);
    }

    @Test
    void samplesOfOnePopulationHaveNoCorrectedIndexOnAverage() {
        Random random = new Random(5);
        double sum = 0;
        for (int run = 0; run < 400; run++) {
            double[] reference = new double[10];
            double[] live = new double[10];
            for (int i = 0; i < 2_000; i++) {
                reference[random.nextInt(10)]++;
                live[random.nextInt(10)]++;
            }
            sum += Psi.of(reference, live).corrected();
        }

        assertThat(sum / 400).isCloseTo(0, within(5e-4));
    }

    @Test
    void levelsAreNamedAfterCorrection() {
        assertThat(new Psi(0.3, 10, 0.05).level()).isEqualTo(Psi.Level.NONE);
        assertThat(new Psi(0.3, 10, 0.25).level()).isEqualTo(Psi.Level.SIGNIFICANT);
        assertThat(Psi.of(new double[2], new double[] {1, 1}).level()).isEqualTo(Psi.Level.UNKNOWN);
    }

    @Test
    void indexRefusesCountsThatCannotBe() {
        assertThatThrownBy(() -> Psi.of(new double[2], new double[3]))
                .hasMessageContaining("2 bins");
        assertThatThrownBy(() -> Psi.of(new double[] {1}, new double[] {Double.NaN}))
                .hasMessageContaining("NaN rows");
    }

    private static double[] sample(Random random, int n, double mean, boolean tied) {
        double[] values = new double[n];
        Arrays.setAll(
                values,
                i -> {
                    double value = mean + random.nextGaussian();
                    return tied ? Math.rint(value * 3) : value;
                });
        Arrays.sort(values);
        return values;
    }
}
