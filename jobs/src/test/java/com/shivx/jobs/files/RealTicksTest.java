package com.shivx.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.testing.RealData;
import com.shivx.features.tick.QualityRules;
import com.shivx.features.tick.QualityState;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import com.shivx.features.tick.TickQuality;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Real market data: counts published beside it, order, clocks and quality. */
class RealTicksTest {

    @Test
    void readsBinanceOnOneClockASymbolWithHardlyADefect() throws IOException {
        Path folder = RealData.folder("binance-2024-08");
        TickTape tape = TestFiles.inspect(folder);

        assertThat(tape.rows()).isEqualTo(414_569);
        assertThat(tape.receptionClockSymbols()).containsExactly("spot:BTCUSDT", "spot:ETHUSDT");
        assertThat(tape.symbols())
                .containsExactly(
                        "cm:BTCUSD_PERP",
                        "cm:ETHUSD_PERP",
                        "spot:BTCUSDT",
                        "spot:ETHUSDT",
                        "usdm:BTCUSDT",
                        "usdm:ETHUSDT");

        Map<TickQuality, Long> qualities = qualities(tape);
        assertThat(qualities.getOrDefault(TickQuality.OUT_OF_ORDER, 0L)).isLessThanOrEqualTo(414);
        qualities.remove(TickQuality.OUT_OF_ORDER);
        assertThat(qualities).containsOnlyKeys(TickQuality.OK);
        assertThat(kinds(tape))
                .containsEntry(TickKind.TRADE, 78_638L)
                .containsEntry(TickKind.QUOTE, 335_931L);
        assertSorted(tape);
    }

    @Test
    void readsTheBrokersQuotesWithTheirCrossedOnes() throws IOException {
        Path folder = RealData.folder("eurusd-2014-05");
        TickFiles files = TickFiles.find(List.of(folder), TickFileOptions.NONE);
        TickTape tape = files.inspect(InspectionProgress.NONE);

        assertThat(files.skipped())
                .hasSize(16)
                .allMatch(file -> file.reason().equals("a broker's bars"));
        assertThat(tape.rows()).isEqualTo(996_960);
        assertThat(tape.receptionClockSymbols()).isEmpty();
        assertThat(tape.symbols()).containsExactly("fxcm:EURUSD", "oanda:EURUSD");
        assertThat(qualities(tape))
                .containsEntry(TickQuality.CROSSED, 69_354L)
                .containsEntry(TickQuality.OK, 996_960L - 69_354L);
        assertSorted(tape);
    }

    /** Against a reading that could not be simpler. */
    @Test
    void readsEveryNumberAsTheJdkDoes() throws IOException {
        Path file = RealData.folder("binance-2024-08").resolve("trades_2024-08.csv.gz");
        try (TickRows rows = TestFiles.inspect(file).open();
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(Files.newInputStream(file)),
                                        StandardCharsets.UTF_8))) {
            lines.readLine();
            for (TickRow row = rows.next(); row != null; row = rows.next()) {
                String[] parts = lines.readLine().split(",", -1);
                Tick tick = row.tick();
                assertThat(tick.symbol()).isEqualTo(parts[2]);
                assertThat(tick.receivedMicros()).isEqualTo(Long.parseLong(parts[0]));
                assertThat(tick.eventTimeMicros()).isEqualTo(Long.parseLong(parts[1]));
                assertThat(tick.sequence()).isEqualTo(Long.parseLong(parts[3]));
                assertThat(tick.price()).isEqualTo(Double.parseDouble(parts[4]));
                assertThat(tick.size()).isEqualTo(Double.parseDouble(parts[5]));
                assertThat(tick.aggressor()).hasToString(parts[6].toUpperCase(Locale.ROOT));
            }
            assertThat(lines.readLine()).isNull();
        }
    }

    private static Map<TickQuality, Long> qualities(TickTape tape) throws IOException {
        Map<String, QualityState> states = new HashMap<>();
        Map<TickQuality, Long> counts = new EnumMap<>(TickQuality.class);
        try (TickRows rows = tape.open()) {
            for (TickRow row = rows.next(); row != null; row = rows.next()) {
                assertThat(row.bad()).isNull();
                Tick tick = row.tick();
                QualityState state = states.computeIfAbsent(tick.symbol(), s -> new QualityState());
                counts.merge(
                        TickQuality.classifyAndAdvance(tick, state, QualityRules.DEFAULT),
                        1L,
                        Long::sum);
            }
        }
        return counts;
    }

    private static Map<TickKind, Long> kinds(TickTape tape) throws IOException {
        Map<TickKind, Long> counts = new EnumMap<>(TickKind.class);
        try (TickRows rows = tape.open()) {
            for (TickRow row = rows.next(); row != null; row = rows.next()) {
                counts.merge(row.tick().kind(), 1L, Long::sum);
            }
        }
        return counts;
    }

    private static void assertSorted(TickTape tape) throws IOException {
        long last = tape.firstMicros();
        try (TickRows rows = tape.open()) {
            for (TickRow row = rows.next(); row != null; row = rows.next()) {
                assertThat(row.tick().receivedMicros()).isGreaterThanOrEqualTo(last);
                last = row.tick().receivedMicros();
            }
        }
        assertThat(last).isEqualTo(tape.lastMicros());
    }
}
