package com.shivx.features.testing;

import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/**
 * Ticks of the real data, read by the plainest code that can; a test's own reader, so that the
 * product's has something to be held against.
 */
public final class RealTapes {

    private static final long MICROS_PER_MILLI = 1_000;

    private RealTapes() {}

    /**
     * Every trade and quote of Binance, in order of reception. Spot quotes carry no exchange time,
     * so spot symbols use the time of reception for their trades too.
     */
    public static List<Tick> binance() {
        Path folder = RealData.folder("binance-2024-08");
        List<Tick> ticks = new ArrayList<>();
        lines(folder.resolve("quotes_2024-08.csv.gz"), row -> ticks.add(binanceQuote(row)));
        lines(folder.resolve("trades_2024-08.csv.gz"), row -> ticks.add(binanceTrade(row)));
        // Stable: rows of one file keep their order.
        ticks.sort(Comparator.comparingLong(Tick::receivedMicros));
        return ticks;
    }

    private static Tick binanceQuote(String[] row) {
        long received = Long.parseLong(row[0]);
        return Tick.quote(
                row[2],
                eventMicros(row, received),
                received,
                Long.parseLong(row[3]),
                Double.parseDouble(row[4]),
                Double.parseDouble(row[5]),
                Double.parseDouble(row[6]),
                Double.parseDouble(row[7]));
    }

    private static Tick binanceTrade(String[] row) {
        long received = Long.parseLong(row[0]);
        return Tick.trade(
                row[2],
                eventMicros(row, received),
                received,
                Long.parseLong(row[3]),
                Double.parseDouble(row[4]),
                Double.parseDouble(row[5]),
                row[6].isEmpty() ? null : Aggressor.valueOf(row[6].toUpperCase(Locale.ROOT)));
    }

    private static long eventMicros(String[] row, long received) {
        return row[2].startsWith("spot:") ? received : Long.parseLong(row[1]);
    }

    /** Files of one kind of a broker, {@code ticks} or {@code minute-bars}, in order of date. */
    public static List<Path> brokerFiles(String broker, String kind) {
        Path folder = RealData.folder("eurusd-2014-05").resolve(broker + "-" + kind);
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The quotes of one file of a broker, crossed ones included. */
    public static List<Tick> brokerQuotes(String broker, Path file) {
        List<Tick> ticks = new ArrayList<>();
        brokerRows(
                broker,
                file,
                (micros, row) ->
                        ticks.add(
                                Tick.quote(
                                                broker + ":EURUSD",
                                                micros,
                                                micros,
                                                Tick.NO_SEQUENCE,
                                                Double.parseDouble(row[1]),
                                                Double.NaN,
                                                Double.parseDouble(row[2]),
                                                Double.NaN)
                                        .atRow(ticks.size())));
        return ticks;
    }

    /** One row of a broker's file: its time, and its cells as they stand. */
    public interface BrokerRow {
        void take(long micros, String[] cells);
    }

    /** Rows of a broker's file, whose first cell is milliseconds since midnight in its own zone. */
    public static void brokerRows(String broker, Path file, BrokerRow consumer) {
        // OANDA is UTC, FXCM five hours behind all year.
        ZoneOffset zone = broker.equals("fxcm") ? ZoneOffset.ofHours(-5) : ZoneOffset.UTC;
        String date = file.getFileName().toString().substring(0, 8);
        long midnight =
                TimeUnit.SECONDS.toMicros(
                        LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE)
                                .atStartOfDay(zone)
                                .toEpochSecond());
        lines(
                file,
                row -> {
                    double millis = Double.parseDouble(row[0]);
                    consumer.take(midnight + Math.round(millis * MICROS_PER_MILLI), row);
                });
    }

    private static void lines(Path file, Consumer<String[]> consumer) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(unpacked(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (Character.isDigit(line.charAt(0))) {
                    consumer.accept(line.split(",", -1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream unpacked(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        if (file.toString().endsWith(".gz")) {
            return new GZIPInputStream(bytes);
        }
        ZipInputStream zip = new ZipInputStream(bytes);
        zip.getNextEntry();
        return zip;
    }
}
