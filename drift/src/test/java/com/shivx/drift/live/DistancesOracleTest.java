package com.shivx.drift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.shivx.drift.OracleFile;
import com.shivx.drift.SplitMix64;
import com.shivx.drift.reference.KolmogorovSmirnov;
import com.shivx.drift.reference.ReferenceMeasurement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is counted live, against SciPy over the rows and NumPy over the formula. */
class DistancesOracleTest {

    private static final DriftJudge JUDGE = new DriftJudge(DriftRules.SHIPPED);

    @Test
    void agreesWithScipyAndNumPyOnTiesAtomsAndMissingValues() {
        List<String> known = OracleFile.lines(getClass(), "scipy-numpy-distances.csv");
        assertThat(known).hasSize(1_000);
        for (int seed = 1; seed <= known.size(); seed++) {
            double[] expected =
                    Arrays.stream(known.get(seed - 1).split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray();
            Samples samples = Samples.of(seed);

            ColumnReport report = report(samples.reference(), samples.live());

            String described = "seed " + seed;
            assertThat(
                            KolmogorovSmirnov.distance(
                                    present(samples.reference()), present(samples.live())))
                    .as(described)
                    .isCloseTo(expected[0], within(1e-9));
            assertThat(report.ks()).as(described).isCloseTo(expected[0], within(1e-3 + 1e-12));
            assertThat(report.psi()).as(described).isCloseTo(expected[1], within(1e-9));
            assertThat(report.psiCorrected()).as(described).isCloseTo(expected[2], within(1e-9));
        }
    }

    private static ColumnReport report(double[] reference, double[] live) {
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(
                        new long[reference.length], new int[reference.length], List.of("a"), 1, 1);
        measurement.column("x", reference);
        LiveReference prepared = new LiveReference(measurement.profile(), Map.of());
        WindowCounts counts = new WindowCounts();
        for (double value : live) {
            prepared.count(counts, 0, new double[] {value}, Double.NaN);
        }
        return JUDGE.judge(prepared, counts, DriftMemory.empty()).report().columns().get(0);
    }

    private static double[] present(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    }

    /** As scipy-numpy-distances.py makes them. */
    private record Samples(double[] reference, double[] live) {

        static Samples of(int seed) {
            SplitMix64 random = new SplitMix64(seed);
            int n = 50 + (int) (random.uniform() * 1500);
            int m = 20 + (int) (random.uniform() * 500);
            int steps = (int) (random.uniform() * 40) - 15;
            double atom = Math.max(0, random.uniform() * 0.8 - 0.4);
            double missing = Math.max(0, random.uniform() * 0.6 - 0.3);
            double shift = Math.max(0, random.uniform() * 0.8 - 0.3);
            double[] reference = sample(random, n, 0, steps, atom, missing);
            return new Samples(reference, sample(random, m, shift, steps, atom, missing));
        }

        private static double[] sample(
                SplitMix64 random, int n, double shift, int steps, double atom, double missing) {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                double what = random.uniform();
                double value = random.uniform() + random.uniform() + shift;
                if (what < missing) {
                    values[i] = Double.NaN;
                } else if (what < missing + atom) {
                    values[i] = 0.75;
                } else {
                    values[i] = steps > 0 ? Math.floor(value * steps) / steps : value;
                }
            }
            return values;
        }
    }
}
