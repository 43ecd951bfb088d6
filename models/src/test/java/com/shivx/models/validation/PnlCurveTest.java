package com.shivx.models.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.drift.accuracy.ScoredRows;
import com.shivx.models.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

class PnlCurveTest {

    private static final double NAN = Double.NaN;

    @Test
    void holdsOnePositionASymbolUntilAHorizonIsOver() {
        // Symbols 0 and 1; horizon 10.
        LabelledRows rows =
                rows(
                        new long[] {0, 0, 5, 10, 10, 15, 20},
                        new int[] {0, 1, 0, 0, 1, 1, 0},
                        new double[] {1, NAN, 100, -2, 3, 100, NAN},
                        new double[] {100, 7, 100, 100, 100, 100, 100});
        // Buy everywhere but at the second row (sell) and the last (NaN when bought).
        ScoredRows scores =
                new ScoredRows(
                        2, new double[] {0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, rows.truths());

        PnlCurve curve = PnlCurve.of(rows, scores);

        assertThat(curve.ofRowBps()).containsExactly(1, 7, 0, -2, 3, 0, 0);
        assertThat(curve.opened()).containsExactly(true, true, false, true, true, false, false);
        assertThat(curve.positions()).isEqualTo(4);
        assertThat(curve.totalBps()).isEqualTo(9);
    }

    @Test
    void refusesRowsThatDoNotFit() {
        assertThatThrownBy(() -> rows(new long[] {5, 4}, new int[2], new double[2], new double[2]))
                .hasMessageContaining("sort rows by event time");
        assertThatThrownBy(() -> rows(new long[1], new int[] {2}, new double[1], new double[1]))
                .hasMessageContaining("symbols[0] is 2");
        assertThatThrownBy(() -> rows(new long[1], new int[1], new double[2], new double[1]))
                .hasMessageContaining("make no rows");
    }

    private static LabelledRows rows(long[] times, int[] symbols, double[] buy, double[] sell) {
        return new LabelledRows(
                times,
                symbols,
                List.of("a", "b"),
                List.of("DOWN", "UP"),
                List.of(Action.SELL, Action.BUY),
                new int[times.length],
                buy,
                sell,
                10);
    }
}
