package com.shivx.drift.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Against scikit-learn 1.9.1: {@code P} and {@code y} are the rows below. */
class ScoresTest {

    private static final ScoredRows ROWS =
            new ScoredRows(
                    3,
                    new double[] {
                        .7, .2, .1, .1, .6, .3, .2, .2, .6, .35, .4, .25, .05, .15, .8, .5, .3, .2,
                        .3, .3, .4, .9, .05, .05, .25, .5, .25, .1, .1, .8
                    },
                    new int[] {0, 1, 2, 0, 2, 2, 1, 0, 1, 0});

    @Test
    void logLossAgreesWithScikitLearn() {
        // log_loss(y, P)
        assertThat(LogLoss.mean(ROWS)).isCloseTo(0.8565795373255455, within(1e-14));
    }

    @Test
    void aCertaintyThatWasWrongCostsNoMoreThanTheClipSays() {
        ScoredRows wrong = new ScoredRows(2, new double[] {1, 0}, new int[] {1});

        assertThat(LogLoss.mean(wrong)).isEqualTo(-Math.log(1e-7));
    }

    @Test
    void brierScoreAgreesWithScikitLearn() {
        // brier_score_loss(y, P, scale_by_half=False, labels=[0, 1, 2])
        assertThat(BrierScore.mean(ROWS)).isCloseTo(0.492, within(1e-14));
    }

    @Test
    void calibrationErrorAgreesWithNumPy() {
        // sum(abs(conf[b==k].mean() - right[b==k].mean()) * (b==k).mean() for k in set(b)),
        // conf = P.max(1), right = P.argmax(1) == y, b = minimum(9, (conf*10).astype(int))
        Reliability reliability = Reliability.of(ROWS);

        assertThat(reliability.expectedError()).isCloseTo(0.26, within(1e-14));
        assertThat(reliability.rows()).containsExactly(0, 0, 0, 0, 2, 2, 2, 1, 2, 1);
    }

    @Test
    void certaintyFallsIntoTheLastBin() {
        assertThat(Reliability.bin(1)).isEqualTo(9);
        assertThat(Reliability.bin(0)).isZero();
    }

    @Test
    void confusionAgreesWithScikitLearn() {
        ConfusionMatrix matrix = ConfusionMatrix.of(ROWS);

        // confusion_matrix(y, P.argmax(1)), precision_score and recall_score with average=None
        assertThat(matrix.counts()).isDeepEqualTo(new long[][] {{2, 1, 1}, {0, 2, 1}, {1, 0, 2}});
        assertThat(matrix.precision(0)).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(matrix.precision(2)).isEqualTo(0.5);
        assertThat(matrix.recall(0)).isEqualTo(0.5);
        assertThat(matrix.recall(1)).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(matrix.accuracy()).isEqualTo(0.6);
    }

    @Test
    void aClassThatNeverComesHasNoPrecisionAndNoRecall() {
        ConfusionMatrix matrix =
                ConfusionMatrix.of(new ScoredRows(2, new double[] {1, 0}, new int[] {0}));

        assertThat(matrix.precision(1)).isNaN();
        assertThat(matrix.recall(1)).isNaN();
    }

    @Test
    void areaUnderTheCurveAgreesWithScikitLearn() {
        // m = y != 1; roc_auc_score(y[m] == 2, P[m,2] / (P[m,2] + P[m,0]))
        assertThat(RankAuc.of(ROWS, 2, 0)).isEqualTo(0.75);
        // roc_auc_score([0,1,1,0,1,0], [.1,.4,.4,.4,.8,.8])
        assertThat(
                        RankAuc.of(
                                new double[] {.1, .4, .4, .4, .8, .8},
                                new boolean[] {false, true, true, false, true, false}))
                .isCloseTo(0.6111111111111112, within(1e-15));
    }

    @Test
    void aRowThatRulesBothClassesOutIsATie() {
        ScoredRows rows = new ScoredRows(3, new double[] {0, 1, 0, 0, 1, 0}, new int[] {0, 2});

        assertThat(RankAuc.of(rows, 2, 0)).isEqualTo(0.5);
        assertThat(RankAuc.of(rows, 1, 0)).isNaN();
    }

    @Test
    void ofNoRowsNothingIsKnown() {
        ScoredRows none = new ScoredRows(2, new double[0], new int[0]);

        assertThat(LogLoss.mean(none)).isNaN();
        assertThat(BrierScore.mean(none)).isNaN();
        assertThat(Reliability.of(none).expectedError()).isNaN();
        assertThat(ConfusionMatrix.of(none).accuracy()).isNaN();
    }

    @Test
    void takesWhatFloatsSumTo() {
        ScoredRows rows = ScoredRows.of(3, new float[] {.3f, .3f, .4000001f}, new int[] {1});

        assertThat(rows.predicted(0)).isEqualTo(2);
        assertThat(rows.isRight(0)).isFalse();
    }

    @Test
    void refusesRowsThatNoFigureCouldBeMadeOf() {
        assertThatThrownBy(() -> new ScoredRows(1, new double[] {1}, new int[] {0}))
                .hasMessageContaining("classes");
        assertThatThrownBy(() -> new ScoredRows(2, new double[] {1}, new int[] {0}))
                .hasMessageContaining("1 values for 1 rows");
        assertThatThrownBy(() -> new ScoredRows(2, new double[] {.5, .5}, new int[] {2}))
                .hasMessageContaining("truths[0] is 2");
        assertThatThrownBy(() -> new ScoredRows(2, new double[] {.5, .5}, new int[] {-1}))
                .hasMessageContaining("truths[0] is -1");
        assertThatThrownBy(() -> new ScoredRows(2, new double[] {Double.NaN, .5}, new int[] {0}))
                .hasMessageContaining("NaN of row 0");
        assertThatThrownBy(() -> new ScoredRows(2, new double[] {1.5, -.5}, new int[] {0}))
                .hasMessageContaining("1.5 of row 0");
        assertThatThrownBy(() -> new ScoredRows(2, new double[] {.5, .4}, new int[] {0}))
                .hasMessageContaining("sum to 0.9");
        assertThatThrownBy(() -> RankAuc.of(new double[] {Double.NaN}, new boolean[] {true}))
                .hasMessageContaining("scores[0] is NaN");
    }
}
