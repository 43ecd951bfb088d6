package com.shivx.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTest {

    private static final Rows ROWS =
            Rows.of(
                    List.of("a", "b"),
                    new float[] {1, 2, 3, Float.NaN, 5, 6},
                    new float[] {0, 1, 2});

    @Test
    void keepsRowsAndTargets() {
        assertThat(ROWS.count()).isEqualTo(3);
        assertThat(ROWS.width()).isEqualTo(2);
        assertThat(ROWS.row(1)).containsExactly(3, Float.NaN);
        assertThat(ROWS.value(2, 1)).isEqualTo(6);
        assertThat(ROWS.target(2)).isEqualTo(2);
        assertThat(ROWS.values()).hasSize(6);
    }

    @Test
    void aSpanIsAViewOfItsRows() {
        Rows span = ROWS.span(1, 3);
        assertThat(span.count()).isEqualTo(2);
        assertThat(span.values()).containsExactly(3, Float.NaN, 5, 6);
        assertThat(span.targets()).containsExactly(1, 2);
        assertThat(span.span(1, 2).row(0)).containsExactly(5, 6);
        assertThat(span.span(1, 1).values()).isEmpty();
        assertThat(span.columns()).containsExactly("a", "b");
    }

    @Test
    void refusesRowsThatAreNotThere() {
        assertThatThrownBy(() -> ROWS.span(1, 4)).hasMessage("rows 1 to 4 are not among the 3");
        assertThatThrownBy(() -> ROWS.span(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        Rows span = ROWS.span(0, 1);
        assertThatThrownBy(() -> span.target(1)).hasMessage("row 1 is not among the 1");
        assertThatThrownBy(() -> span.row(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesLengthsThatDoNotFit() {
        List<String> columns = List.of("a", "b");
        assertThatThrownBy(() -> Rows.of(columns, new float[3], new float[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 values are not 1 rows of 2 columns, which are 2");
        assertThatThrownBy(() -> Rows.of(List.of(), new float[0], new float[0]))
                .hasMessageContaining("there are no columns");
    }

    @Test
    void refusesInfinitiesByNameAndRow() {
        float[] values = {1, 2, 3, Float.NEGATIVE_INFINITY};
        assertThatThrownBy(() -> Rows.of(List.of("a", "b"), values, new float[2]))
                .hasMessage("column b of row 1 is -Infinity; write a missing value as NaN");
    }

    @Test
    void refusesNamesThatAListCannotHold() {
        for (String name : List.of("", " a", "a,b")) {
            assertThatThrownBy(() -> Rows.unlabelled(List.of(name), new float[1]))
                    .hasMessageContaining("column '" + name + "'");
        }
        assertThatThrownBy(() -> Rows.unlabelled(List.of("a", "a"), new float[2]))
                .hasMessage("column a is there twice; name it once");
    }

    @Test
    void rowsToBePredictedHaveNoTargets() {
        assertThat(Rows.unlabelled(List.of("a"), new float[] {1, 2}).targets())
                .containsExactly(Float.NaN, Float.NaN);
    }
}
