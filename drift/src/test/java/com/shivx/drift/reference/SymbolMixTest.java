package com.shivx.drift.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolMixTest {

    private static final SymbolMix MIX =
            SymbolMix.of(List.of("b", "none", "a", "c"), new long[] {25, 0, 50, 25});

    @Test
    void namesTheLargestFirst() {
        assertThat(MIX.symbols()).containsExactly("a", "b", "c");
        assertThat(MIX.shares()).containsExactly(0.5, 0.25, 0.25);
        assertThat(MIX.rest()).isZero();
    }

    @Test
    void putsTheOthersTogether() {
        List<String> names = new ArrayList<>();
        long[] rows = new long[150];
        for (int i = 0; i < 150; i++) {
            names.add("s" + i);
            rows[i] = 1_000L - i;
        }

        SymbolMix mix = SymbolMix.of(names, rows);

        assertThat(mix.symbols()).hasSize(100).startsWith("s0");
        assertThat(mix.groups()).isEqualTo(101);
        assertThat(mix.groupsOf(List.of("s149", "s3", "unheard"))).containsExactly(100, 3, 100);
        double named = 0;
        for (double share : mix.shares()) {
            named += share;
        }
        assertThat(named + mix.rest()).isCloseTo(1, within(1e-12));
    }

    @Test
    void bringsLiveRowsToTheMixOfTheReference() {
        // c is absent, and a symbol the reference did not know has rows.
        double[] weights = MIX.weights(new long[] {10, 30, 0, 20});

        assertThat(weights[0] * 10).isCloseTo(60 * 2 / 3.0, within(1e-12));
        assertThat(weights[1] * 30).isCloseTo(60 / 3.0, within(1e-12));
        assertThat(weights[2]).isZero();
        assertThat(weights[3]).isZero();
    }

    @Test
    void leavesRowsAloneOfWhichTheReferenceHadNone() {
        assertThat(MIX.weights(new long[] {0, 0, 0, 20})).containsExactly(1, 1, 1, 1);
    }

    @Test
    void refusesSharesOfNobody() {
        assertThatThrownBy(() -> new SymbolMix(List.of("a"), new double[0], 0))
                .hasMessageContaining("1 symbols have 0 shares");
    }
}
