package com.shivx.features.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RingProperties {

    /** A run of one number: which, and how often. */
    record Run(double number, long times) {}

    @Property
    void holdsTheLastNumbers(
            @ForAll @IntRange(min = 1, max = 9) int capacity,
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 99) Integer> seeds) {
        Ring ring = new Ring(capacity);
        HighLow extremes = new HighLow(capacity);
        double[] state = new double[ring.slots()];
        double[] window = new double[extremes.slots()];
        List<Double> all = new ArrayList<>();
        for (int seed : seeds) {
            // Few numbers, so that extremes tie, and runs both within the ring and beyond it.
            Run run = new Run(seed % 4, 1 + seed / 4 % 4 * (seed / 16));
            ring.add(run.number, run.times, state, 0);
            extremes.add(run.number, -run.number, run.times, window, 0);
            all.addAll(Collections.nCopies((int) run.times, run.number));
            List<Double> last = all.subList(Math.max(0, all.size() - capacity), all.size());
            assertHolds(ring, state, last);
            assertThat(extremes.isFull(window, 0)).isEqualTo(last.size() == capacity);
            assertThat(extremes.highest(window, 0)).isEqualTo(Collections.max(last));
            assertThat(extremes.lowest(window, 0)).isEqualTo(-Collections.max(last));
        }
    }

    private static void assertHolds(Ring ring, double[] state, List<Double> last) {
        assertThat(ring.size(state, 0)).isEqualTo(last.size());
        for (int back = 1; back <= last.size(); back++) {
            assertThat(ring.back(back, state, 0)).isEqualTo(last.get(last.size() - back));
        }
        assertThat(ring.back(last.size() + 1, state, 0)).isNaN();
        assertThat(ring.sum(state, 0)).isEqualTo(last.stream().mapToDouble(n -> n).sum());
        assertThat(ring.max(state, 0)).isEqualTo(Collections.max(last));
        assertThat(ring.min(state, 0)).isEqualTo(Collections.min(last));
    }

    @Example
    void refusesToHoldNothing() {
        assertThatThrownBy(() -> new Ring(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0");
    }
}
