package com.shivx.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.tick.Tick;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"oanda:EURUSD", "a~T~1~2~b", "~", "", "€~r7~"})
    void isReadBackFromTheVectorsId(String symbol) {
        Tick trade = Tick.trade(symbol, -5, 0, -7, 1, 1, null);
        Tick quote = Tick.quote(symbol, Long.MAX_VALUE, 0, Tick.NO_SEQUENCE, 1, 1, 2, 1).atRow(9);

        assertThat(TickId.ofVector(FeatureVector.idOf(trade, "0a1b2c3d")))
                .isEqualTo(TickId.of(trade));
        assertThat(TickId.ofVector(FeatureVector.idOf(quote, "0a1b2c3d")))
                .isEqualTo(TickId.of(quote));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "~", "s~Q~1~2", "s~X~1~2~h", "s~Q~one~2~h", "s~Q~1~r~h", "s~Q~1~~h"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> TickId.ofVector(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is no vector id");
    }

    @Test
    void rowsAndSequencesAreNotTheSame() {
        Tick sequenced = Tick.trade("s", 1, 1, 4, 1, 1, null);
        Tick row = Tick.trade("s", 1, 1, Tick.NO_SEQUENCE, 1, 1, null).atRow(4);

        assertThat(TickId.of(sequenced)).isNotEqualTo(TickId.of(row));
    }
}
