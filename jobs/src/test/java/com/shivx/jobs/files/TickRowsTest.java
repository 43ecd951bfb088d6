package com.shivx.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickRowsTest {

    private static final long DAY = 24L * 3600 * 1_000_000;
    private static final long START = 1_700_000_000_000_000L;
    private static final long IN_2999 = 32_472_144_000_000_000L;

    @TempDir Path folder;

    @Test
    void mergesByReceptionThenFileThenRow() throws IOException {
        Random random = new Random(1);
        for (int file = 0; file < 5; file++) {
            StringBuilder text = new StringBuilder(TestFiles.CSV_HEADER);
            long time = START + random.nextInt(100);
            for (int row = 0; row < 300; row++) {
                time += random.nextInt(3);
                text.append(TestFiles.csvQuote("F" + file, time));
            }
            TestFiles.write(folder, file + ".csv", text.toString());
        }

        List<TickRow> rows = TestFiles.rows(folder);

        assertThat(rows).hasSize(1_500);
        assertThat(rows)
                .isSortedAccordingTo(
                        Comparator.comparingLong((TickRow row) -> row.tick().receivedMicros())
                                .thenComparing(row -> row.file().name())
                                .thenComparingLong(TickRow::row));
    }

    @Test
    void keepsTheRowsOfAFileInTheirOrder() throws IOException {
        writeTimes("a", START, START + 5, START + 2, START + 9);
        writeTimes("b", START + 1, START + 3, START + 10);

        assertThat(order()).containsExactly("a1", "b1", "b2", "a2", "a3", "a4", "b3");
    }

    @Test
    void aStrayTimeHoldsNothingBackWhereverItStands() throws IOException {
        for (long stray :
                new long[] {
                    IN_2999, 0, Long.MAX_VALUE, Long.MIN_VALUE + 1_000, START + 400 * DAY
                }) {
            for (int at = 0; at < 20; at++) {
                long[] times = new long[20];
                for (int i = 0; i < 20; i++) {
                    times[i] = i == at ? stray : START + 10 * i;
                }
                writeTimes("a", times);
                writeTimes("b", START + 95, START + 1_000);

                List<String> order = order();
                // The ten rows before it, and a stray that follows them at once.
                int before = at == 10 ? 11 : 10;
                assertThat(order.indexOf("b1")).as("%s at %s", stray, at).isEqualTo(before);
                assertThat(order).last().isEqualTo("b2");
            }
        }
    }

    @Test
    void severalStraysBetweenBadRowsHoldNothingBack() throws IOException {
        TestFiles.write(
                folder,
                "a.csv",
                TestFiles.CSV_HEADER
                        + "bad\n\n"
                        + TestFiles.csvQuote("A", IN_2999)
                        + "bad\n"
                        + TestFiles.csvQuote("A", 0)
                        + TestFiles.csvQuote("A", START)
                        + TestFiles.csvQuote("A", IN_2999)
                        + TestFiles.csvQuote("A", IN_2999)
                        + TestFiles.csvQuote("A", START + 10)
                        + TestFiles.csvQuote("A", START + 20)
                        + TestFiles.csvQuote("A", START + 30)
                        + TestFiles.csvQuote("A", START + 40)
                        + TestFiles.csvQuote("A", START + 50));
        writeTimes("b", START + 1_025);

        assertThat(order().indexOf("b1")).isEqualTo(10);
    }

    @Test
    void believesAGapThatTheNextRowsConfirm() throws IOException {
        writeTimes("a", START, START + 30 * DAY, START + 30 * DAY + 1, START + 30 * DAY + 2);
        writeTimes("b", START + 1, START + 29 * DAY, START + 31 * DAY);

        assertThat(order()).containsExactly("a1", "b1", "b2", "a2", "a3", "a4", "b3");
        assertThat(TestFiles.inspect(folder).lastMicros()).isEqualTo(START + 31 * DAY);
    }

    @Test
    void readsAFileOfBadRowsOnly() throws IOException {
        TestFiles.write(folder, "a.csv", TestFiles.CSV_HEADER + "bad\n");

        TickTape tape = TestFiles.inspect(folder);

        assertThat(tape.rows()).isEqualTo(1);
        assertThat(tape.symbols()).isEmpty();
        assertThat(tape.firstMicros()).isZero();
        assertThat(tape.lastMicros()).isZero();
        assertThat(order()).containsExactly("a1");
    }

    @Test
    void goesOnWhereAnEarlierReaderStopped() throws IOException {
        writeTimes("a", START, START + 5, START + 9);
        writeTimes("b", START + 1, START + 3, START + 10);
        TickTape tape = TestFiles.inspect(folder);
        List<TickRow> all = TestFiles.rows(tape);

        for (int at = 0; at <= all.size() + 1; at++) {
            try (TickRows rows = tape.open()) {
                rows.skip(at);
                assertThat(rows.position()).isEqualTo(Math.min(at, all.size()));
                List<TickRow> rest = new ArrayList<>();
                for (TickRow row = rows.next(); row != null; row = rows.next()) {
                    rest.add(row);
                }
                assertThat(rest).isEqualTo(all.subList(Math.min(at, all.size()), all.size()));
            }
        }
    }

    @Test
    void opensAFileWhenItsFirstRowIsDue() throws IOException {
        writeTimes("a", START, START + 1);
        Path later = writeTimes("b", START + 2);
        TickTape tape = TestFiles.inspect(folder);
        try (TickRows rows = tape.open()) {
            rows.skip(2);
            Files.delete(later);
            assertThatThrownBy(rows::next)
                    .isInstanceOf(TickFileException.class)
                    .hasMessage(later + ": no such file or folder: check the path");
        }
    }

    @Test
    void saysThatAFileHasChangedSinceItWasInspected() throws IOException {
        Path file = writeTimes("a", START, START + 1);
        TickTape tape = TestFiles.inspect(folder);
        for (long[] times : new long[][] {{START}, {START, START + 1, START + 2}, {}}) {
            writeTimes("a", times);
            assertThatThrownBy(() -> TestFiles.rows(tape))
                    .isInstanceOf(TickFileException.class)
                    .hasMessage(file + ": has changed since it was inspected: start again");
        }
    }

    private Path writeTimes(String name, long... times) throws IOException {
        StringBuilder text =
                new StringBuilder("symbol,kind,event_time_micros,bid_price,ask_price\n");
        for (long time : times) {
            text.append("S,QUOTE,").append(time).append(",1,2\n");
        }
        return TestFiles.write(folder, name + ".csv", text.toString());
    }

    private List<String> order() throws IOException {
        return TestFiles.rows(folder).stream()
                .map(row -> row.file().name().replace(".csv", "") + row.row())
                .toList();
    }
}
