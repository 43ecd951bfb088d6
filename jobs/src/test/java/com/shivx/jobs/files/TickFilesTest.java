package com.shivx.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import com.shivx.models.wire.DeadLetterReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TickFilesTest {

    private static final String TRADES =
            """
            recv_ts_us,event_ts_us,symbol,trade_id,price,size,aggressor,order_type
            100,90,spot:A,7,61837.63000000,0.02000000,sell,
            300,,spot:A,8,1,2,buy,MARKET
            """;
    private static final String QUOTES =
            """
            recv_ts_us,event_ts_us,symbol,update_id,bid_price,bid_size,ask_price,ask_size
            200,190,cm:B,9,1.5,2,1.75,3\
            """;
    private static final String JSON =
            "{\"symbol\":\"J\",\"kind\":\"QUOTE\",\"event_time_micros\":5,\"bid_price\":1,\"ask_price\":2}\n";

    @TempDir Path folder;

    @Test
    void readsBinanceTradesAndQuotesOnOneClockASymbol() throws IOException {
        Path trades = TestFiles.write(folder, "t.csv.gz", TestFiles.gzip(TRADES));
        Path quotes = TestFiles.write(folder, "q.csv", QUOTES);

        TickTape tape = TestFiles.inspect(trades, quotes);

        assertThat(tape.rows()).isEqualTo(3);
        assertThat(tape.symbols()).containsExactly("cm:B", "spot:A");
        assertThat(tape.receptionClockSymbols()).containsExactly("spot:A");
        assertThat(tape.firstMicros()).isEqualTo(100);
        assertThat(tape.lastMicros()).isEqualTo(300);
        assertThat(TestFiles.rows(tape).stream().map(TickRow::tick))
                .containsExactly(
                        Tick.trade("spot:A", 100, 100, 7, 61837.63, 0.02, Aggressor.SELL),
                        Tick.quote("cm:B", 190, 200, 9, 1.5, 2, 1.75, 3),
                        Tick.trade("spot:A", 300, 300, 8, 1, 2, Aggressor.BUY));
    }

    @Test
    void readsABrokersQuotesFromMidnightOfItsZone() throws IOException {
        TestFiles.write(
                folder,
                "oanda-ticks/20140502_quote.zip",
                TestFiles.zip("20140502_gbpusd_tick_quote.csv", "1.5,1,2\r\n2.0019,3,4"));
        TestFiles.write(folder, "fxcm-ticks/20140502_quote.csv", "1,1,2");

        List<TickRow> rows = TestFiles.rows(folder);

        long midnight = 1398988800_000_000L;
        assertThat(rows.stream().map(TickRow::tick))
                .containsExactly(
                        quote("oanda:GBPUSD", midnight + 1_500, 1, 2, 1),
                        quote("oanda:GBPUSD", midnight + 2_001, 3, 4, 2),
                        quote("fxcm:EURUSD", midnight + 5 * 3600_000_000L + 1_000, 1, 2, 1));
        assertThat(rows.get(0).file().name()).isEqualTo("oanda-ticks/20140502_quote.zip");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`,1,2`                      | MISSING_FIELD",
                "1,,2                        | MISSING_FIELD",
                "1,2                         | MISSING_FIELD",
                "1,2,3,4                     | WRONG_TYPE",
                "1e3,1,2                     | WRONG_TYPE",
                "12:00,1,2                   | WRONG_TYPE",
                "9223372036854775,1,2        | WRONG_TYPE",
                "9223372036854776,1,2        | WRONG_TYPE",
                "1,a,2                       | WRONG_TYPE",
                "``                          | EMPTY",
            })
    void tellsTheBadRowsOfABroker(String row, DeadLetterReason reason) throws IOException {
        Path file =
                TestFiles.write(folder, "x-ticks/20140502_quote.csv", "1,1,2\n" + row + "\n-1,1,2");

        List<TickRow> rows = TestFiles.rows(file);

        assertThat(rows).hasSize(3);
        assertThat(rows.get(1).bad().reason()).isEqualTo(reason);
        assertThat(rows.get(2).tick())
                .isEqualTo(quote("x:EURUSD", 1398988800_000_000L - 1_000, 1, 2, 3));
    }

    @Test
    void takesSymbolAndZoneFromTheOptions() throws IOException {
        Path file = TestFiles.write(folder, "fxcm-ticks/20140502_quote.csv", "0,1,2");
        TickFileOptions options = new TickFileOptions(null, "EUR", ZoneId.of("Europe/Berlin"));

        assertThat(TestFiles.rows(TestFiles.inspect(options, file)).get(0).tick())
                .isEqualTo(quote("EUR", 1398988800_000_000L - 2 * 3600_000_000L, 1, 2, 1));
    }

    @Test
    void readsOurOwnCsvInAnyOrderOfColumns() throws IOException {
        String text =
                """
                "event_time_micros" , kind,"symbol",note,price,size,aggressor,bid_price,ask_price,row
                5,TRADE,"A,B",x,1,2,BUY,,,
                6, QUOTE ,S,,,,,nan,2,17
                """;
        Path file = TestFiles.write(folder, "any.txt", '\ufeff' + text.replace("\n", "\r\n"));

        assertThat(TestFiles.rows(file).stream().map(TickRow::tick))
                .containsExactly(
                        Tick.trade("A,B", 5, 5, Tick.NO_SEQUENCE, 1, 2, Aggressor.BUY).atRow(1),
                        quote("S", 6, Double.NaN, 2, 17));
    }

    @Test
    void givesTheSymbolToRowsThatDoNotNameTheirs() throws IOException {
        Path csv =
                TestFiles.write(
                        folder,
                        "a.csv",
                        "kind,event_time_micros,bid_price,ask_price\nQUOTE,5,1,2\n");
        Path json = TestFiles.write(folder, "b.json", JSON + JSON.replace("symbol", "other"));
        TickFileOptions options = new TickFileOptions(null, "GIVEN", null);

        assertThat(TestFiles.rows(TestFiles.inspect(options, csv, json)))
                .extracting(row -> row.tick().symbol())
                .containsExactly("GIVEN", "J", "GIVEN");
    }

    @Test
    void readsJsonLinesByNameOrFirstCharacter() throws IOException {
        TestFiles.write(folder, "a.jsonl", "garbage\n" + JSON);
        TestFiles.write(folder, "b", " " + JSON);
        TestFiles.write(
                folder,
                "c.zip",
                TestFiles.zip(
                        "inner.NDJSON", "\n" + JSON, "__MACOSX/x", "", "d/.hidden", "", "e/", ""));
        TestFiles.write(folder, "d.json.gz", TestFiles.gzip(""));

        List<TickRow> rows = TestFiles.rows(folder);

        assertThat(rows).hasSize(5);
        assertThat(rows)
                .filteredOn(row -> row.tick() != null)
                // Of one time: each file counts on after the one before it.
                .extracting(row -> row.file().name() + ' ' + row.tick().row())
                .containsExactly("a.jsonl 2", "b 3", "c.zip 5");
    }

    @Test
    void ordersFilesByPathAndReadsEachOnce() throws IOException {
        Path b = TestFiles.write(folder, "b.jsonl", JSON);
        Path a = TestFiles.write(folder, "a/z.jsonl", JSON);
        Files.createSymbolicLink(folder.resolve("loop"), folder);

        TickFiles files =
                TickFiles.find(
                        List.of(b, folder, a, folder.resolve("a/../b.jsonl")),
                        TickFileOptions.NONE);

        assertThat(files.files())
                .extracting(TickFile::path)
                .containsExactly(folder.resolve("a/z.jsonl"), b);
    }

    @Test
    void skipsKnownFilesThatHoldNoTicksAndListsThem() throws IOException {
        TestFiles.write(folder, "x.jsonl", JSON);
        TestFiles.write(folder, "README.md", "text");
        TestFiles.write(folder, "LICENCE", "text");
        TestFiles.write(folder, ".hidden", "text");
        TestFiles.write(folder, ".git/x.bin", "text");
        TestFiles.write(folder, "oanda-minute-bars/20140501_quote.zip", "text");

        TickFiles files = TickFiles.find(List.of(folder), TickFileOptions.NONE);

        assertThat(files.files()).hasSize(1);
        assertThat(files.skipped())
                .extracting(file -> folder.relativize(file.path()) + ": " + file.reason())
                .containsExactlyInAnyOrder(
                        "README.md: text about the data",
                        "LICENCE: text about the data",
                        ".hidden: hidden",
                        "oanda-minute-bars/20140501_quote.zip: a broker's bars");
    }

    @Test
    void readsWhatItWouldSkipWhereItIsNamedWithItsFormat() throws IOException {
        Path file = TestFiles.write(folder, "readme.txt", JSON);

        assertThat(
                        TestFiles.inspect(
                                        new TickFileOptions(TickFormat.JSON_LINES, null, null),
                                        file)
                                .rows())
                .isEqualTo(1);
        assertProblem(file, TickFileOptions.NONE, "holds no ticks: name files");
    }

    @Test
    void takesABrokersDateFromTheEntryWhereTheFormatIsGiven() throws IOException {
        Path file =
                TestFiles.write(
                        folder,
                        "quotes.zip",
                        TestFiles.zip("20140502_eurusd_tick_quote.csv", "0,1,2"));

        assertThat(
                        TestFiles.rows(
                                        TestFiles.inspect(
                                                new TickFileOptions(
                                                        TickFormat.BROKER_QUOTES, "E", null),
                                                file))
                                .get(0)
                                .tick())
                .isEqualTo(quote("E", 1398988800_000_000L, 1, 2, 1));
    }

    @Test
    void saysInOneLineWhatIsWrongWithAFile() throws IOException {
        Path none = folder.resolve("none");
        assertProblem(none, "no such file or folder: check the path");
        assertProblem(
                Files.createDirectories(folder.resolve("empty")),
                "holds no ticks: name files or folders");
        assertProblem(
                TestFiles.write(folder, "empty.csv", ""),
                "is of no known format, it is empty: name its format");
        assertProblem(
                TestFiles.write(folder, "other.csv", "time;open\u0007;high\nx"),
                "is of no known format, its first line is \"time;open?;high\": name its format with --format"
                        + " (binance-trades, binance-quotes, broker-quotes, csv, jsonl) or leave it out");
        assertProblem(
                TestFiles.write(folder, "long.csv", "x".repeat(100_000)),
                "\"" + "x".repeat(40) + "…\"");
        assertProblem(
                TestFiles.write(folder, "kindless.csv", "symbol,event_time_micros,price\n"),
                "as csv its header lacks kind");
        assertProblem(
                TestFiles.write(folder, "twice.csv", TestFiles.CSV_HEADER.replace("size", "price")),
                "as csv its header names");
        assertProblem(
                TestFiles.write(folder, "half.csv", "recv_ts_us,event_ts_us,symbol\n"),
                "its header lacks");
        assertProblem(
                TestFiles.write(
                        folder,
                        "c.jsonl.zst",
                        new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0}),
                "is packed as .zst, which is not read here");
        assertProblem(
                TestFiles.write(folder, "bytes.bin", new byte[] {0, 1, 2}),
                "is of no known format, its first line is \"???\"");
        assertProblem(Path.of("/dev/null"), "is no regular file");
    }

    @Test
    void saysInOneLineWhatIsWrongWithAnArchive() throws IOException {
        String text = TRADES.repeat(500);
        byte[] gzip = TestFiles.gzip(text);
        byte[] zip = TestFiles.zip("x.csv", text);
        byte[] badChecksum = zip.clone();
        // The central directory's CRC-32, 16 bytes after its signature.
        int directory = indexOf(badChecksum, new byte[] {'P', 'K', 1, 2});
        badChecksum[directory + 16] ^= 1;
        byte[] badGzip = gzip.clone();
        badGzip[gzip.length - 6] ^= 1;

        assertProblem(
                TestFiles.write(folder, "a.csv.gz", Arrays.copyOf(gzip, gzip.length - 20)),
                "is cut off (");
        assertProblem(TestFiles.write(folder, "b.csv.gz", Arrays.copyOf(gzip, 5)), "is cut off (");
        assertProblem(TestFiles.write(folder, "c.csv.gz", badGzip), "is damaged (");
        assertProblem(
                TestFiles.write(folder, "d.csv.gz", text), "is no .gz file, whatever its name");
        assertProblem(TestFiles.write(folder, "e.csv.gz", ""), "is no .gz file, whatever its name");
        assertProblem(
                TestFiles.write(folder, "f.zip", Arrays.copyOf(zip, zip.length - 30)),
                "is damaged (");
        assertProblem(TestFiles.write(folder, "g.zip", badChecksum), "is damaged (wrong checksum)");
        assertProblem(
                TestFiles.write(folder, "h.zip", TestFiles.zip("a.csv", "", "b.csv", "")),
                "holds several files");
        assertProblem(TestFiles.write(folder, "i.zip", TestFiles.zip("dir/", "")), "holds no file");
    }

    @Test
    void saysThatAnArchiveIsCutOffBeforeItsFirstRow() throws IOException {
        byte[] gzip = TestFiles.gzip(JSON.repeat(500));
        TickFileOptions json = new TickFileOptions(TickFormat.JSON_LINES, null, null);

        assertProblem(
                TestFiles.write(folder, "a.gz", Arrays.copyOf(gzip, 15)), json, "is cut off (");
    }

    @Test
    void saysInOneLineWhatABrokersFileLacks() throws IOException {
        TickFileOptions quotes = new TickFileOptions(TickFormat.BROKER_QUOTES, null, null);
        TickFileOptions named = new TickFileOptions(TickFormat.BROKER_QUOTES, "E", null);

        assertProblem(
                TestFiles.write(folder, "20140501.csv", "0,1,2"),
                quotes,
                "does not say whose quotes it holds: name the symbol");
        assertProblem(
                TestFiles.write(folder, "x.csv", "0,1,2"),
                named,
                "has no date in its name: call it");
        assertProblem(
                TestFiles.write(folder, "20149901.csv", "0,1,2"),
                named,
                "has no date in its name: Text '20149901'");
    }

    @ParameterizedTest
    @EnumSource(
            value = TickFormat.class,
            names = {"BINANCE_TRADES", "BINANCE_QUOTES", "CSV"})
    void refusesAHeaderThatIsNotTheNamedFormats(TickFormat format) throws IOException {
        TickFileOptions options = new TickFileOptions(format, null, null);

        assertProblem(
                TestFiles.write(folder, "x", "a,b\n"),
                options,
                "is no file of format " + format.optionName() + ", its header lacks");
        assertProblem(TestFiles.write(folder, "x", ""), options, "its header lacks");
        assertProblem(TestFiles.write(folder, "x", "\u0000"), options, "its header lacks");
    }

    @Test
    void refusesFilesWithoutAnyRow() throws IOException {
        assertProblem(TestFiles.write(folder, "x.csv", TestFiles.CSV_HEADER), "has no rows");
    }

    @Test
    void findsFormatsByName() {
        for (TickFormat format : TickFormat.values()) {
            assertThat(TickFormat.byName(format.optionName())).isSameAs(format);
        }
        assertThatThrownBy(() -> TickFormat.byName("parquet"))
                .hasMessage(
                        "No format of tick files is named 'parquet'; there are binance-trades, binance-quotes,"
                                + " broker-quotes, csv, jsonl");
    }

    @Test
    void tellsHowFarItHasCome() throws IOException {
        Path plain =
                TestFiles.write(
                        folder,
                        "a.csv",
                        TestFiles.CSV_HEADER + TestFiles.csvQuote("A", 5).repeat(70_000));
        Path zip =
                TestFiles.write(
                        folder,
                        "b.zip",
                        TestFiles.zip(
                                "b.csv",
                                TestFiles.CSV_HEADER + TestFiles.csvQuote("A", 5).repeat(70_000)));
        List<String> reports = new ArrayList<>();
        List<Long> read = new ArrayList<>();

        TickFiles.find(List.of(folder), TickFileOptions.NONE)
                .inspect(
                        (file, rows, bytesRead, bytesTotal) -> {
                            reports.add(file.name() + " " + rows);
                            read.add(bytesRead);
                            assertThat(bytesTotal)
                                    .isEqualTo(plain.toFile().length() + zip.toFile().length());
                        });

        assertThat(reports)
                .containsExactly("a.csv 65536", "a.csv 70000", "b.zip 131072", "b.zip 140000");
        assertThat(read).isSorted().endsWith(plain.toFile().length() + zip.toFile().length());
        assertThat(read.get(0)).isBetween(plain.toFile().length() / 2, plain.toFile().length());
        assertThat(read.get(2)).isBetween(read.get(1) + 1, read.get(3));
    }

    private static void assertProblem(Path path, String part) {
        assertProblem(path, TickFileOptions.NONE, part);
    }

    private static void assertProblem(Path path, TickFileOptions options, String part) {
        TickFileException problem =
                catchThrowableOfType(
                        TickFileException.class, () -> TestFiles.inspect(options, path));
        assertThat(problem).as(path.toString()).isNotNull();
        assertThat(problem.getMessage())
                .startsWith(path + ": ")
                .contains(part)
                .doesNotContain("\n");
    }

    private static Tick quote(String symbol, long micros, double bid, double ask, long row) {
        return Tick.quote(
                        symbol, micros, micros, Tick.NO_SEQUENCE, bid, Double.NaN, ask, Double.NaN)
                .atRow(row);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }
}
