package com.shivx.operators.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class SymbolWatermarksTest {

    private static final long NOON_MICROS = Duration.ofDays(16_000).toMillis() * 1_000;
    private static final long YEAR_MICROS = Duration.ofDays(365).toMillis() * 1_000;
    private static final long DISORDER_MILLIS = 250;

    private final SymbolWatermarks watermarks = new SymbolWatermarks(QualityRules.DEFAULT);
    private final Recorded output = new Recorded();

    @Test
    void followsTheHighestTimeLessTheAllowedDisorder() {
        tick("A", NOON_MICROS);
        tick("A", NOON_MICROS + 2_000_000);
        tick("B", NOON_MICROS + 1_000_000);
        tick("B", NOON_MICROS + 1_500_000);
        assertThat(emitted()).isEqualTo(NOON_MICROS / 1_000 + 2_000 - DISORDER_MILLIS - 1);
    }

    @Test
    void saysNothingBeforeASecondTickOfASymbolConfirmsTheFirst() {
        tick("A", NOON_MICROS);
        watermarks.onPeriodicEmit(output);
        assertThat(output.times).isEmpty();
    }

    @Test
    void isNotMovedByAStrayTickAYearAhead() {
        tick("A", NOON_MICROS);
        tick("A", NOON_MICROS + 1_000_000);
        long before = emitted();
        tick("A", NOON_MICROS + YEAR_MICROS);
        tick("A", NOON_MICROS + 1_000_000);
        assertThat(emitted()).isEqualTo(before);
    }

    @Test
    void isNotMovedByASymbolThatBeginsWithAStray() {
        tick("A", NOON_MICROS);
        tick("A", NOON_MICROS + 1_000_000);
        long before = emitted();
        tick("B", NOON_MICROS + YEAR_MICROS);
        assertThat(emitted()).isEqualTo(before);
    }

    @Test
    void goesOnFromALeapThatASecondTickConfirms() {
        tick("A", NOON_MICROS);
        tick("A", NOON_MICROS + 1_000_000);
        tick("A", NOON_MICROS + YEAR_MICROS);
        tick("A", NOON_MICROS + YEAR_MICROS + 1_000_000);
        assertThat(emitted())
                .isEqualTo((NOON_MICROS + YEAR_MICROS) / 1_000 + 1_000 - DISORDER_MILLIS - 1);
    }

    private void tick(String symbol, long micros) {
        watermarks.onEvent(
                Tick.quote(symbol, micros, micros, Tick.NO_SEQUENCE, 1, 1, 2, 1),
                micros / 1_000,
                output);
    }

    private long emitted() {
        watermarks.onPeriodicEmit(output);
        return output.times.get(output.times.size() - 1);
    }

    private static final class Recorded implements WatermarkOutput {
        final List<Long> times = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            times.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            throw new AssertionError("ticks never mark a partition idle");
        }

        @Override
        public void markActive() {
            throw new AssertionError("ticks never mark a partition active");
        }
    }
}
