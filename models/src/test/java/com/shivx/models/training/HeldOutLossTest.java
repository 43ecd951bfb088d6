package com.shivx.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldOutLossTest {

    private static final TrainingTask CLASSES =
            TrainingTask.classification(List.of("A", "B"), Map.of(), 0);
    private static final TrainingTask VALUE = TrainingTask.regression(Map.of(), 0);
    private static final Rows ROWS = Rows.of(List.of("x"), new float[] {0, 0}, new float[] {0, 1});

    @Test
    void isTheMeanOfMinusTheLogOfWhatHappened() {
        double loss = HeldOutLoss.of(CLASSES, ROWS, new float[] {0.25f, 0.75f, 0.5f, 0.5f});
        assertThat(loss).isCloseTo((Math.log(4) + Math.log(2)) / 2, within(1e-12));
        assertThat(HeldOutLoss.name(CLASSES.task())).isEqualTo("log-loss");
    }

    @Test
    void countsImpossibleAndMissingAnswersAsTheLeastProbability() {
        double loss = HeldOutLoss.of(CLASSES, ROWS, new float[] {0, 1, Float.NaN, Float.NaN});
        assertThat(loss).isCloseTo(-Math.log(1e-7), within(1e-9));
    }

    @Test
    void isTheMeanSquaredErrorOfAValue() {
        assertThat(HeldOutLoss.of(VALUE, ROWS, new float[] {2, 0})).isEqualTo(2.5);
        assertThat(HeldOutLoss.of(VALUE, ROWS, new float[] {2, Float.NaN})).isNaN();
        assertThat(HeldOutLoss.name(VALUE.task())).isEqualTo("squared error");
    }
}
