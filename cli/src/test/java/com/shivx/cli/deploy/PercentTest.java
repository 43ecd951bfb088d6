package com.shivx.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {

    @ParameterizedTest
    @CsvSource({"0.1, 10 %", "0.123456, 12.3456 %", "1, 100 %"})
    void showsWhatWasAskedForAsItIs(double share, String shown) {
        assertThat(Percent.of(share)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 10 %", "0.123456, 12.35 %", "0.00001, 0 %", "1, 100 %", "NaN, -"})
    void roundsWhatWasMeasured(double share, String shown) {
        assertThat(Percent.measured(share)).isEqualTo(shown);
    }
}
