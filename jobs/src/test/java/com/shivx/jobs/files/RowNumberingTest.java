package com.shivx.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureVector;
import com.shivx.features.testing.RealData;
import com.shivx.features.tick.Tick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowNumberingTest {

    private static final long START = 1_700_000_000_000_000L;
    private static final long YEAR = 365L * 24 * 3600 * 1_000_000;

    @TempDir Path folder;

    @Test
    void goesOnAfterTheLastRowOfAFileThatItOverlaps() throws IOException {
        write("a", quote("S", 10), quote("S", 20), "bad\n", quote("S", 30));
        write("b", quote("S", 30), quote("S", 40));
        write("c", quote("S", 35));

        assertThat(numbers()).containsExactly("a1", "a2", "a4", "b5", "c7", "b6");
    }

    @Test
    void givesAFileItsOwnNumbersWhereItOverlapsNone() throws IOException {
        write("a", quote("S", 10), quote("S", 20));
        write("b", quote("S", 21), quote("S", 22));
        // Another symbol, another kind, and a feed that numbers its ticks itself.
        write("c", quote("T", 10));
        write("d", trade("S", 10, ""));
        write("e", trade("S", 10, "77"), trade("S", 11, "78"));
        write("f", quote("S", 8), quote("S", 9));

        assertThat(numbers()).containsExactly("f1", "f2", "a1", "c1", "d1", "a2", "b1", "b2");
    }

    @Test
    void countsByTheClockThatTheSymbolIsGiven() throws IOException {
        String header =
                "recv_ts_us,event_ts_us,symbol,update_id,bid_price,bid_size,ask_price,ask_size\n";
        // One row of X has no exchange time: received, not happened, is what must not coincide.
        raw("a", header + "100,10,X,,1,1,2,1\n100,10,Y,,1,1,2,1\n");
        raw("b", header + "100,,X,,1,1,2,1\n100,20,Y,,1,1,2,1\n");
        raw("c", header + "101,10,X,,1,1,2,1\n");

        assertThat(numbers()).containsExactly("a1", "a2", "b3", "b4", "c1");
    }

    @Test
    void numbersAgainAsBeforeWhereTheSameFilesAreRead() throws IOException {
        overlappingFiles(3);

        assertThat(numbers()).isEqualTo(numbers());
    }

    @Test
    void givesNoIdTwiceHoweverFilesOverlap() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            overlappingFiles(seed);
            List<String> ids = new ArrayList<>();
            for (TickRow row : TestFiles.rows(folder)) {
                Tick tick = row.tick();
                assertThat(tick).isNotNull();
                ids.add(FeatureVector.idOf(tick, "hash"));
            }
            assertThat(ids).as("seed %d", seed).doesNotHaveDuplicates();
        }
    }

    /**
     * Daily files of one broker follow each other: read alone or together, the ids are the same.
     */
    @Test
    void keepsTheNumbersOfABrokersDays() throws IOException {
        for (TickRow row : TestFiles.rows(RealData.folder("eurusd-2014-05"))) {
            Tick tick = row.tick();
            assertThat(tick == null ? row.row() : tick.row()).isEqualTo(row.row());
        }
    }

    /** Five files of two symbols within a few microseconds; some have a stray time. */
    private void overlappingFiles(int seed) throws IOException {
        Random random = new Random(seed);
        for (int file = 0; file < 5; file++) {
            String[] rows = new String[1 + random.nextInt(6)];
            int start = random.nextInt(20);
            for (int row = 0; row < rows.length; row++) {
                long time = start + random.nextInt(4) + (random.nextInt(40) == 0 ? YEAR : 0);
                String symbol = "S" + random.nextInt(2);
                rows[row] = random.nextInt(3) == 0 ? trade(symbol, time, "") : quote(symbol, time);
            }
            write("f" + file, rows);
        }
    }

    private static String quote(String symbol, long micros) {
        return TestFiles.csvQuote(symbol, START + micros);
    }

    private static String trade(String symbol, long micros, String sequence) {
        long time = START + micros;
        return symbol + ",TRADE," + time + ',' + (time + 1_000) + ',' + sequence + ",1,1,,,,,\n";
    }

    private void write(String name, String... rows) throws IOException {
        raw(name, TestFiles.CSV_HEADER + String.join("", rows));
    }

    private void raw(String name, String text) throws IOException {
        TestFiles.write(folder, name + ".csv", text);
    }

    /** File and number of every tick without sequence, in the order of the tape. */
    private List<String> numbers() throws IOException {
        List<String> numbers = new ArrayList<>();
        for (TickRow row : TestFiles.rows(folder)) {
            Tick tick = row.tick();
            if (tick != null && !tick.hasSequence()) {
                numbers.add(row.file().name().replace(".csv", "") + tick.row());
            }
        }
        return numbers;
    }
}
