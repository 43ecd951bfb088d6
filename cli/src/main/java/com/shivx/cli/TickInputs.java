package com.shivx.cli;

import com.shivx.cli.feed.Clock;
import com.shivx.cli.feed.Feed;
import com.shivx.cli.feed.FileFeed;
import com.shivx.cli.feed.MarketFeed;
import com.shivx.cli.feed.Speed;
import com.shivx.cli.market.MarketConfig;
import com.shivx.jobs.files.InspectionProgress;
import com.shivx.jobs.files.SkippedFile;
import com.shivx.jobs.files.TickFile;
import com.shivx.jobs.files.TickFileException;
import com.shivx.jobs.files.TickFileOptions;
import com.shivx.jobs.files.TickFiles;
import com.shivx.jobs.files.TickFormat;
import com.shivx.jobs.files.TickTape;
import com.shivx.models.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Which ticks are fed, and how fast: files, or the simulated market where none are named. */
final class TickInputs {

    private static final long SEED = 1;
    private static final Speed MARKET_SPEED = new Speed(20);
    private static final Duration MARKET_STARTS_BEFORE_NOW = Duration.ofHours(24);
    private static final int MOST_NAMES = 4;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec command;

    @Option(
            names = "--ticks",
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Files or folders of ticks: CSV, JSON lines, Binance, brokers' quotes; plain,"
                            + " gzip or zip.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = FormatConverter.class,
            description = "Their format (default: told from name and first line).")
    private @Nullable TickFormat format;

    @Option(
            names = "--symbol",
            paramLabel = "NAME",
            description = "Their symbol, where files do not name it (default: from the path).")
    private @Nullable String symbol;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = ZoneConverter.class,
            description =
                    "Time zone of local times in them, such as UTC or -05:00 (default: known by"
                            + " broker).")
    private @Nullable ZoneId zone;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            converter = SpeedConverter.class,
            description =
                    "Event time per time of the clock: 1, 10, …, or max (default: 20 for the"
                            + " simulated market, max for files).")
    private @Nullable Speed speed;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the simulated market (default: 1).")
    private @Nullable Long seed;

    boolean areFiles() {
        return !paths.isEmpty();
    }

    Speed speed() {
        return speed != null ? speed : areFiles() ? Speed.MAX : MARKET_SPEED;
    }

    /** Ticks that have been found and not been read yet. */
    @FunctionalInterface
    interface Found {

        /** The feed, once its files have been read through. */
        Feed open() throws IOException;
    }

    /**
     * Finds what is to be fed, and says what is not.
     *
     * @param market what is fed where no files are named
     * @throws ParameterException if an option has nothing to be used for
     */
    Found find(MarketConfig market, PrintWriter out) throws TickFileException {
        if (!areFiles()) {
            requireUnused("--format", format);
            requireUnused("--symbol", symbol);
            requireUnused("--zone", zone);
            return () -> new MarketFeed(market);
        }
        if (seed != null) {
            throw wrong("--seed is the simulated market's: leave it out where --ticks names files");
        }
        TickFiles found = TickFiles.find(paths, new TickFileOptions(format, symbol, zone));
        skippedLines(found.skipped()).forEach(out::println);
        requireLocalTimes(found.files(), out);
        return () -> read(found, out);
    }

    /** The simulated market of the seed, opening a day before now. */
    MarketConfig market() {
        long start =
                Clock.SYSTEM.micros()
                        - TimeUnit.NANOSECONDS.toMicros(MARKET_STARTS_BEFORE_NOW.toNanos());
        return MarketConfig.of(seed == null ? SEED : seed, start);
    }

    private void requireUnused(String option, @Nullable Object value) {
        if (value != null) {
            throw wrong(option + " is for files: name them with --ticks");
        }
    }

    private void requireLocalTimes(List<TickFile> files, PrintWriter out) {
        long local =
                files.stream().filter(file -> file.format() == TickFormat.BROKER_QUOTES).count();
        if (zone != null && local == 0) {
            throw wrong(
                    "--zone %s is for local times (format %s), and the times of all files are full: leave it out"
                            .formatted(zone, TickFormat.BROKER_QUOTES.optionName()));
        }
        if (zone != null && local < files.size()) {
            out.printf(
                    Locale.ROOT,
                    "note         --zone holds for %,d of %,d files; the others' times are full%n",
                    local,
                    files.size());
        }
    }

    private Feed read(TickFiles found, PrintWriter out) throws TickFileException {
        String files = Counted.of(found.files().size(), "file");
        out.println("Input        inspecting %s".formatted(files));
        out.flush();
        TickTape tape = found.inspect(new InspectionLines(out));
        out.printf(
                Locale.ROOT,
                "             %s, %s, %s to %s%n",
                Counted.of(tape.rows(), "row"),
                Counted.of(tape.symbols().size(), "symbol"),
                time(tape.firstMicros()),
                time(tape.lastMicros()));
        requireNamelessRows(tape.symbols(), out);
        out.flush();
        return new FileFeed("%s, %s".formatted(paths.get(0).normalize(), files), tape);
    }

    private void requireNamelessRows(Set<String> symbols, PrintWriter out) {
        if (symbol == null || symbols.isEmpty()) {
            return;
        }
        if (!symbols.contains(symbol)) {
            throw wrong(
                    "--symbol %s is for rows that name no symbol, and every row names its own (%s): leave it out"
                            .formatted(symbol, some(symbols)));
        }
        if (symbols.size() > 1) {
            out.printf(
                    "note         --symbol %s holds for rows that name none; there are others:"
                            + " %s%n",
                    symbol, some(symbols.stream().filter(name -> !name.equals(symbol)).toList()));
        }
    }

    private static String some(Collection<String> names) {
        return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMES ? ", …" : "");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** A line for each folder and reason, so that a year of daily files is no page of them. */
    static List<String> skippedLines(List<SkippedFile> skipped) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (SkippedFile file : skipped) {
            Path folder = file.path().toAbsolutePath().normalize().getParent();
            names.computeIfAbsent(
                            "in %s (%s)".formatted(folder, file.reason()), key -> new ArrayList<>())
                    .add(String.valueOf(file.path().getFileName()));
        }
        List<String> lines = new ArrayList<>();
        names.forEach(
                (where, files) ->
                        lines.add(
                                "skipped      %d %s: %s"
                                        .formatted(
                                                files.size(),
                                                where,
                                                files.size() <= 3
                                                        ? String.join(", ", files)
                                                        : files.get(0)
                                                                + " … "
                                                                + files.get(files.size() - 1))));
        return lines;
    }

    private static String time(long micros) {
        return DateTimeFormatter.ISO_INSTANT.format(
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000)));
    }

    /** A line now and then, for files that take a while. */
    private static final class InspectionLines implements InspectionProgress {

        private static final long EVERY_NANOS = 2_000_000_000;

        private final PrintWriter out;
        private long saidNanos = System.nanoTime();

        InspectionLines(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void onRows(TickFile file, long rows, long bytesRead, long bytesTotal) {
            long now = System.nanoTime();
            if (now - saidNanos > EVERY_NANOS) {
                saidNanos = now;
                out.printf(
                        Locale.ROOT,
                        "             %,d rows, %d %%%n",
                        rows,
                        100 * bytesRead / Math.max(1, bytesTotal));
                out.flush();
            }
        }
    }

    /** Reads a speed; a wrong one is wrong usage. */
    static final class SpeedConverter implements ITypeConverter<Speed> {
        @Override
        public Speed convert(String text) {
            try {
                return Speed.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Reads the name of a format; a wrong one is wrong usage. */
    static final class FormatConverter implements ITypeConverter<TickFormat> {
        @Override
        public TickFormat convert(String text) {
            try {
                return TickFormat.byName(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Reads a time zone; a wrong one is wrong usage. */
    static final class ZoneConverter implements ITypeConverter<ZoneId> {
        @Override
        public ZoneId convert(String text) {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'%s' is no time zone; write UTC, -05:00 or Europe/Berlin".formatted(text));
            }
        }
    }
}
