package com.shivx.drift.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.shivx.drift.OracleFile;
import com.shivx.drift.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdwinTest {

    private final Adwin adwin = new Adwin(AdwinConfig.SHIPPED);

    static List<String> river() {
        return OracleFile.lines(AdwinTest.class, "river-adwin.csv");
    }

    @ParameterizedTest
    @MethodSource("river")
    void findsTheChangesThatRiverFinds(String line) {
        String[] parts = line.split(":", -1);
        String[] known = parts[1].split(",");
        AdwinState state = new AdwinState();
        double[] stream = stream(parts[0].split(","));
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < stream.length; i++) {
            if (adwin.update(state, stream[i])) {
                found.add(i);
            }
        }

        assertThat(found)
                .isEqualTo(
                        Arrays.stream(parts[2].split(" "))
                                .filter(index -> !index.isEmpty())
                                .map(Integer::valueOf)
                                .toList());
        assertThat(state.width).isEqualTo(Long.parseLong(known[0]));
        assertThat(state.mean()).isCloseTo(Double.parseDouble(known[1]), within(1e-9));
    }

    @Test
    void theRecordedStreamsHaveChangesAndHaveNone() {
        assertThat(river()).hasSize(48);
        assertThat(river().stream().filter(line -> line.endsWith(":"))).hasSizeBetween(10, 30);
    }

    @Test
    void remembersAFewNumbersOfALongStream() {
        AdwinState state = new AdwinState();
        SplitMix64 random = new SplitMix64(5);
        for (int i = 0; i < 200_000; i++) {
            adwin.update(state, random.uniform());
        }

        assertThat(state.width).isEqualTo(200_000);
        assertThat(state.buckets).hasSizeLessThan(20);
        assertThat(state.totals).hasSize(state.buckets.length * 6);
        assertThat(Arrays.stream(state.totals).sum()).isCloseTo(state.total, within(1e-6));
        assertThat(state.variance / state.width).isCloseTo(1 / 12.0, within(1e-3));
    }

    @Test
    void refusesWhatIsNoNumberAndNoConfiguration() {
        assertThatThrownBy(() -> adwin.update(new AdwinState(), Double.NaN))
                .hasMessageContaining("value is NaN");
        assertThatThrownBy(() -> new AdwinConfig(1, 32, 5, 5, 10)).hasMessageContaining("delta");
        assertThatThrownBy(() -> new AdwinConfig(0.1, 0, 5, 5, 10)).hasMessageContaining("clock 0");
    }

    /** As river-adwin.py makes it. */
    private static double[] stream(String[] how) {
        boolean isError = how[0].equals("error");
        SplitMix64 random = new SplitMix64(Long.parseLong(how[2]));
        double[] stream = new double[Integer.parseInt(how[3])];
        double before = Double.parseDouble(how[4]);
        double after = Double.parseDouble(how[5]);
        for (int i = 0; i < stream.length; i++) {
            double level = before + (after - before) * level(how[1], i, stream.length);
            double u = random.uniform();
            stream[i] = isError ? (u < level ? 1 : 0) : u * u * level;
        }
        return stream;
    }

    private static double level(String shape, int i, int n) {
        return switch (shape) {
            case "none" -> 0;
            case "abrupt" -> i < n / 2 ? 0 : 1;
            case "gradual" -> Math.min(1, Math.max(0, (i - n / 4.0) / (n / 2.0)));
            case "cycles" -> (double) (i / 1_500 % 2);
            default -> throw new IllegalArgumentException(shape);
        };
    }
}
