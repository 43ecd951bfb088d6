package com.shivx.models.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriftWindowsTest {

    private static final long LENGTH = 60_000_000;

    private final DriftWindows windows = new DriftWindows(LENGTH, 1);
    private final DriftWindows sliding = new DriftWindows(LENGTH, 3);

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "59999999, 0, 40000000",
        "60000000, 60000000, 60000000",
        "-1, -60000000, -20000000"
    })
    void aRowLiesInThePaneOfItsTime(long micros, long start, long ofAThird) {
        assertThat(windows.paneMicros(micros)).isEqualTo(start);
        assertThat(windows.paneEndMicros(start)).isEqualTo(windows.endMicros(start));
        assertThat(sliding.paneMicros(micros)).isEqualTo(ofAThird);
        assertThat(sliding.paneEndMicros(ofAThird)).isEqualTo(ofAThird + LENGTH / 3);
    }

    /** A watermark says that nothing of its millisecond or before comes any more. */
    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "59998, 0", "59999, 60000000", "60000, 60000000"})
    void theFirstWindowThatIsNotClosed(long watermarkMillis, long start) {
        assertThat(windows.startAfterMicros(watermarkMillis)).isEqualTo(start);
        assertThat(windows.lastMillis(start)).isGreaterThan(watermarkMillis);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 20000000", "20000000, 20000000", "-1, 0", "-20000001, -20000000"})
    void theFirstWindowFromATimeOn(long micros, long start) {
        assertThat(sliding.startFromMicros(micros)).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "20000000, 1", "40000000, 2", "60000000, 0", "-20000000, 2"})
    void windowsALengthApartAreOfOnePhase(long start, int phase) {
        assertThat(sliding.phase(start)).isEqualTo(phase);
        assertThat(windows.phase(windows.paneMicros(start))).isZero();
    }

    @Test
    void aWindowIsClosedByItsLastMillisecond() {
        assertThat(windows.lastMillis(0)).isEqualTo(59_999);
        assertThat(windows.endMicros(0)).isEqualTo(60_000_000);
        assertThat(sliding.lastMillis(20_000_000)).isEqualTo(79_999);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 999, 1_500})
    void aWindowIsAWholeNumberOfMilliseconds(long micros) {
        assertThatThrownBy(() -> new DriftWindows(micros, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(micros + " µs");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 windows overlap; let drift.overlap be 1 to 60",
        "61, 61 windows overlap",
        "7, 60000 ms do not begin every 7th of it on a whole millisecond"
    })
    void anOverlapDividesAWindow(int overlap, String reason) {
        assertThatThrownBy(() -> new DriftWindows(LENGTH, overlap))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
