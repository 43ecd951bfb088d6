package com.shivx.drift.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.drift.reference.ReferenceMeasurement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowCountsTest {

    private static final List<String> SYMBOLS = List.of("a", "b", "c");
    private static final LiveReference REFERENCE = reference();
    private static final DriftJudge JUDGE = new DriftJudge(DriftRules.SHIPPED);

    @Test
    void partsAddUpToTheSameBitsInAnyOrderAndSplit() {
        Random random = new Random(7);
        int rows = 9_000;
        WindowCounts whole = new WindowCounts();
        WindowCounts[] parts = new WindowCounts[5];
        Arrays.setAll(parts, i -> new WindowCounts());
        for (int i = 0; i < rows; i++) {
            // The third symbol is quiet: its cells stay listed, in some parts and in the whole.
            int group = random.nextInt(100) == 0 ? 2 : random.nextInt(2);
            double[] row = row(random);
            double confidence = i % 9 == 0 ? Double.NaN : random.nextDouble();
            REFERENCE.count(whole, group, row, confidence);
            REFERENCE.count(parts[random.nextInt(5)], group, row, confidence);
        }
        WindowCounts forth = new WindowCounts();
        WindowCounts back = new WindowCounts();
        for (int i = 0; i < parts.length; i++) {
            forth.add(parts[i]);
            back.add(parts[parts.length - 1 - i]);
        }

        WindowReport expected = report(whole);
        assertThat(whole.rows()).isEqualTo(rows);
        assertThat(report(forth)).isEqualTo(expected);
        assertThat(report(back)).isEqualTo(expected);
        assertThat(whole.groups[0].counted).isNotEmpty();
        assertThat(whole.groups[2].counted).isEmpty();
        assertThat(forth.groups[2].counts(forth.cells))
                .isEqualTo(whole.groups[2].counts(whole.cells));
    }

    @Test
    void addingLeavesTheOtherAsItIs() {
        WindowCounts one = counts(new Random(1), 700);
        WindowCounts other = counts(new Random(2), 700);
        WindowReport before = report(other);

        one.add(other);
        one.add(counts(new Random(3), 700));

        assertThat(one.rows()).isEqualTo(2_100);
        assertThat(report(other)).isEqualTo(before);
    }

    @Test
    void noRowsAddNothing() {
        WindowCounts counts = counts(new Random(1), 700);
        WindowReport before = report(counts);

        counts.add(new WindowCounts());
        WindowCounts fresh = new WindowCounts();
        fresh.add(counts);

        assertThat(report(counts)).isEqualTo(before);
        assertThat(report(fresh)).isEqualTo(before);
    }

    @Test
    void sizeDoesNotGrowWithTheWindow() {
        // Ten times the rows.
        WindowCounts counts = counts(new Random(1), 20_000);
        int before = integers(counts);
        Random random = new Random(2);
        for (int i = 0; i < 180_000; i++) {
            REFERENCE.count(counts, i % 2, row(random), 0.5);
        }

        assertThat(integers(counts)).isEqualTo(before).isEqualTo(2 * counts.cells);
        // What is listed never takes more than counting would.
        WindowCounts few = counts(new Random(1), 50);
        assertThat(integers(few)).isLessThan(few.cells / 2);
    }

    @Test
    void countersAreUnsigned() {
        WindowCounts counts = counts(new Random(1), 20_000);
        counts.groups[0].counted[5] = -1;

        assertThat(counts.groups[0].counts(counts.cells)[5]).isEqualTo(0xFFFFFFFFL);
    }

    @Test
    void rowsThatAreGatheredCountAsTheyDoOneByOne() {
        Random random = new Random(11);
        // Some blocks and a half; the third symbol's cells stay listed.
        int rows = 7 * RowBlock.ROWS / 2;
        WindowCounts oneByOne = new WindowCounts();
        WindowCounts gathered = new WindowCounts();
        RowBlock block = new RowBlock(REFERENCE, gathered);
        for (int i = 0; i < rows; i++) {
            int group = i % 100 == 0 ? 2 : i % 2;
            double[] row = row(random);
            row[1] = i % 50 == 0 ? Double.NEGATIVE_INFINITY : row[1];
            double confidence = i % 9 == 0 ? Double.NaN : random.nextDouble();
            REFERENCE.count(oneByOne, group, row, confidence);
            block.add(group, row, confidence);
        }
        block.count();
        block.count();

        assertThat(gathered.rows()).isEqualTo(rows);
        assertThat(report(gathered)).isEqualTo(report(oneByOne));
        assertThat(gathered.groups[2].counted).isEmpty();
        for (int group = 0; group < 3; group++) {
            assertThat(gathered.groups[group].counts(gathered.cells))
                    .isEqualTo(oneByOne.groups[group].counts(oneByOne.cells));
        }
        assertThatThrownBy(() -> block.add(0, new double[3], 0))
                .hasMessageContaining("3 values for 2 columns");
    }

    @Test
    void refusesRowsAndCountsOfAnotherReference() {
        WindowCounts counts = counts(new Random(1), 10);
        LiveReference other =
                new LiveReference(
                        new ReferenceMeasurement(new long[1], new int[1], List.of("a"), 1, 1)
                                .profile(),
                        Map.of());

        assertThatThrownBy(() -> REFERENCE.count(counts, 0, new double[3], 0))
                .hasMessageContaining("3 values for 2 columns");
        assertThatThrownBy(() -> other.count(counts, 0, new double[0], 0))
                .hasMessageContaining("count each version apart");
    }

    @Test
    void symbolsThatTheReferenceDidNotNameAreOneGroup() {
        assertThat(REFERENCE.groupOf("b")).isEqualTo(1);
        assertThat(REFERENCE.groupOf("unheard")).isEqualTo(3);
    }

    private static int integers(WindowCounts counts) {
        int integers = 0;
        for (GroupCounts group : counts.groups) {
            integers += group == null ? 0 : group.listed.length + group.counted.length;
        }
        return integers;
    }

    private static WindowReport report(WindowCounts counts) {
        return JUDGE.judge(REFERENCE, counts, DriftMemory.empty()).report();
    }

    private static WindowCounts counts(Random random, int rows) {
        WindowCounts counts = new WindowCounts();
        for (int i = 0; i < rows; i++) {
            REFERENCE.count(counts, i % 2, row(random), random.nextDouble());
        }
        return counts;
    }

    private static double[] row(Random random) {
        return new double[] {
            random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian(),
            Math.rint(random.nextGaussian())
        };
    }

    private static LiveReference reference() {
        Random random = new Random(4);
        int n = 31_000;
        long[] times = new long[n];
        int[] symbols = new int[n];
        double[] first = new double[n];
        double[] second = new double[n];
        double[] confidence = new double[n];
        for (int i = 0; i < n; i++) {
            times[i] = i;
            // a has a half, b a third, c a sixth.
            symbols[i] = i % 6 < 3 ? 0 : i % 6 < 5 ? 1 : 2;
            double[] row = row(random);
            first[i] = row[0];
            second[i] = row[1];
            confidence[i] = random.nextDouble();
        }
        ReferenceMeasurement measurement =
                new ReferenceMeasurement(times, symbols, SYMBOLS, 1_000, 500);
        measurement.column("first", first);
        measurement.column("second", second);
        measurement.confidence(confidence);
        return new LiveReference(measurement.profile(), Map.of());
    }
}
