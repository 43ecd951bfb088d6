package com.shivx.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.contract.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTaskTest {

    private static final TrainingTask TASK =
            TrainingTask.classification(List.of("DOWN", "UP"), Map.of(), 0);

    private static Rows rows(float... targets) {
        return Rows.of(List.of("a"), new float[targets.length], targets);
    }

    @Test
    void takesRowsOfAllItsClasses() {
        assertThatCode(() -> TASK.check(rows(0, 1), rows(1))).doesNotThrowAnyException();
        assertThatCode(() -> TrainingTask.regression(Map.of(), 0).check(rows(-0.5f), rows(7)))
                .doesNotThrowAnyException();
        assertThat(TASK.outputs()).isEqualTo(2);
        assertThat(TrainingTask.regression(Map.of(), 0).outputs()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 2, 0.5f, Float.NaN, Float.POSITIVE_INFINITY})
    void refusesTargetsThatAreNoClass(float target) {
        assertThatThrownBy(() -> TASK.check(rows(0, 1), rows(1, target)))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "the target of row 1 of the span stop is %s; make it the index of one of [DOWN, UP]",
                        target);
    }

    @Test
    void refusesAValueThatIsNone() {
        assertThatThrownBy(
                        () -> TrainingTask.regression(Map.of(), 0).check(rows(Float.NaN), rows(1)))
                .hasMessageContaining("row 0 of the span fit is NaN; make it a finite number");
    }

    @Test
    void refusesSpansThatTeachNothing() {
        assertThatThrownBy(() -> TASK.check(rows(), rows(1)))
                .hasMessageContaining("the span fit has no row");
        assertThatThrownBy(() -> TASK.check(rows(1, 1), rows(0)))
                .hasMessageContaining("class DOWN never happens in the 2 rows to fit");
        assertThatThrownBy(
                        () ->
                                TASK.check(
                                        rows(0, 1),
                                        Rows.of(List.of("b"), new float[1], new float[1])))
                .hasMessageContaining("have columns [a] and the later ones [b]");
    }

    @Test
    void refusesClassesThatDoNotFitTheTask() {
        assertThatThrownBy(() -> TrainingTask.classification(List.of("UP"), Map.of(), 0))
                .hasMessageContaining("name at least two");
        assertThatThrownBy(() -> new TrainingTask(Task.REGRESSION, List.of("A", "B"), Map.of(), 0))
                .hasMessageContaining("none of a regression");
    }
}
