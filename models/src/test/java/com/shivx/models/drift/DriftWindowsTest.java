package com.shivx.models.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriftWindowsTest {

    private final DriftWindows windows = new DriftWindows(60_000_000);

    @ParameterizedTest
    @CsvSource({"0, 0", "59999999, 0", "60000000, 60000000", "-1, -60000000"})
    void aRowLiesInTheWindowOfItsTime(long micros, long start) {
        assertThat(windows.startMicros(micros)).isEqualTo(start);
    }

    /** A watermark says that nothing of its millisecond or before comes any more. */
    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "59998, 0", "59999, 60000000", "60000, 60000000"})
    void theFirstWindowThatIsNotClosed(long watermarkMillis, long start) {
        assertThat(windows.startAfterMicros(watermarkMillis)).isEqualTo(start);
        assertThat(windows.lastMillis(start)).isGreaterThan(watermarkMillis);
    }

    @Test
    void aWindowIsClosedByItsLastMillisecond() {
        assertThat(windows.lastMillis(0)).isEqualTo(59_999);
        assertThat(windows.endMicros(0)).isEqualTo(60_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 999, 1_500})
    void aWindowIsAWholeNumberOfMilliseconds(long micros) {
        assertThatThrownBy(() -> new DriftWindows(micros))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(micros + " µs");
    }
}
