package com.shivx.drift.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AccuracyCountsTest {

    private static final float[][] PROBABILITIES = {
        {0.7f, 0.2f, 0.1f},
        {0.1f, 0.3f, 0.6f},
        {0.25f, 0.5f, 0.25f},
        {0.05f, 0.05f, 0.9f},
        {0.4f, 0.35f, 0.25f}
    };
    private static final int[] TRUTHS = {0, 1, 1, 2, 2};

    /**
     * scikit-learn 1.9.1: {@code log_loss(y, p.astype(float))}, {@code accuracy_score}, {@code
     * confusion_matrix}; Brier and the calibration error by NumPy, bins {@code [0, 0.1), …, [0.9,
     * 1]}.
     */
    @Test
    void agreesWithScikitLearn() {
        AccuracyCounts counts = new AccuracyCounts();
        for (int i = 0; i < TRUTHS.length; i++) {
            add(counts, PROBABILITIES[i], TRUTHS[i]);
        }

        assertThat(counts.accuracy()).isEqualTo(0.6);
        assertThat(counts.logLoss()).isCloseTo(0.7490899618773508, within(1e-7));
        assertThat(counts.brier()).isCloseTo(0.4470000052750113, within(1e-7));
        assertThat(counts.calibrationError()).isCloseTo(0.26000000834465026, within(1e-7));
        assertThat(counts.confusion).containsExactly(1, 0, 0, 0, 1, 1, 1, 0, 1);
    }

    @Test
    void sumsAreTheSameHoweverRowsAreSplit() {
        SplittableRandom random = new SplittableRandom(7);
        AccuracyCounts whole = new AccuracyCounts();
        AccuracyCounts[] parts = {new AccuracyCounts(), new AccuracyCounts(), new AccuracyCounts()};
        for (int i = 0; i < 10_000; i++) {
            float up = random.nextFloat();
            float flat = (1 - up) * random.nextFloat();
            float[] probabilities = {1 - up - flat, flat, up};
            int truth = random.nextInt(3);
            AccuracyCounts part = parts[random.nextInt(3)];
            for (AccuracyCounts each : new AccuracyCounts[] {whole, part}) {
                add(each, probabilities, truth);
                each.addPosition(up - 0.5);
                each.addSource(SymbolHashes.of("symbol" + i % 150), i % 3 == 0);
                if (truth == 0) {
                    each.addMissing();
                    each.addUnanswered();
                }
            }
        }
        AccuracyCounts sum = new AccuracyCounts();
        for (int i : new int[] {2, 0, 1}) {
            sum.add(parts[i]);
        }
        sum.add(new AccuracyCounts());

        assertThat(sum).usingRecursiveComparison().isEqualTo(whole);
        assertThat(sum.symbols()).isEqualTo(100);
        assertThat(sum.servedShare()).isEqualTo(0.3334);
        assertThat(sum.coverage())
                .isEqualTo((10_000.0 + sum.unanswered) / (10_000.0 + 2 * sum.unanswered));
    }

    @Test
    void nothingIsNoNumber() {
        AccuracyCounts none = new AccuracyCounts();

        assertThat(none.accuracy()).isNaN();
        assertThat(none.coverage()).isNaN();
        assertThat(none.logLoss()).isNaN();
        assertThat(none.brier()).isNaN();
        assertThat(none.calibrationError()).isNaN();
        assertThat(none.accuracyInterval().lower()).isNaN();
        assertThat(none.pnlBps()).isZero();
        assertThat(none.symbols()).isZero();
        assertThat(none.servedShare()).isNaN();
    }

    @Test
    void aCertainErrorIsBadButNotInfinite() {
        AccuracyCounts counts = new AccuracyCounts();
        counts.addProbabilities(new float[] {0, 1}, 0, 1);

        assertThat(counts.logLoss()).isCloseTo(-Math.log(LogLoss.CLIP), within(1e-8));
        assertThat(counts.brier()).isEqualTo(2);
        assertThat(counts.calibrationError()).isEqualTo(1);
    }

    @Test
    void onlyRowsThatDoNotOverlapMakeTheInterval() {
        AccuracyCounts counts = new AccuracyCounts();
        counts.add(0, 0, 3, true);
        counts.add(0, 1, 3, true);
        counts.add(0, 0, 3, false);

        assertThat(counts.accuracyInterval())
                .isEqualTo(WilsonInterval.of(1, 2, WilsonInterval.Z_95));
    }

    @Test
    void refusesRowsOfOtherClasses() {
        AccuracyCounts counts = new AccuracyCounts();
        counts.add(0, 0, 3, true);

        assertThatThrownBy(() -> counts.add(0, 0, 2, true)).hasMessageContaining("2 classes");
    }

    private static void add(AccuracyCounts counts, float[] probabilities, int truth) {
        int answer = 0;
        for (int i = 1; i < probabilities.length; i++) {
            answer = probabilities[i] > probabilities[answer] ? i : answer;
        }
        counts.add(truth, answer, probabilities.length, true);
        counts.addProbabilities(probabilities, truth, answer);
    }
}
