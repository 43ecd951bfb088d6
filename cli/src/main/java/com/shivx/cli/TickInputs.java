package com.shivx.cli;

import com.shivx.cli.console.CommandException;
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
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which ticks are fed, and how fast: files, or the simulated market where none are named. */
final class TickInputs {

    private static final Speed MARKET_SPEED = new Speed(20);
    private static final Duration MARKET_STARTS_BEFORE_NOW = Duration.ofHours(24);

    @Option(
            names = "--ticks",
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Files or folders of ticks: CSV, JSON lines, Binance, brokers' quotes; plain, gzip or zip.")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "Their format (default: told from name and first line).")
    private @Nullable String format;

    @Option(
            names = "--symbol",
            paramLabel = "NAME",
            description = "Their symbol, where files do not name it (default: from the path).")
    private @Nullable String symbol;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "Time zone of local times in them, such as UTC or -05:00 (default: known by broker).")
    private @Nullable String zone;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            converter = SpeedConverter.class,
            description =
                    "Event time per time of the clock: 1, 10, …, or max (default: 20 for the simulated market, max for files).")
    private @Nullable Speed speed;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the simulated market (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    boolean areFiles() {
        return !paths.isEmpty();
    }

    Speed speed() {
        return speed != null ? speed : areFiles() ? Speed.MAX : MARKET_SPEED;
    }

    /** The feed; what is read and what is not is said first. */
    Feed open(PrintWriter out) throws IOException {
        if (areFiles()) {
            return files(out);
        }
        long start =
                Clock.SYSTEM.micros()
                        - TimeUnit.NANOSECONDS.toMicros(MARKET_STARTS_BEFORE_NOW.toNanos());
        return new MarketFeed(MarketConfig.of(seed, start));
    }

    private Feed files(PrintWriter out) throws TickFileException {
        TickFiles found = TickFiles.find(paths, options());
        skippedLines(found.skipped()).forEach(out::println);
        int count = found.files().size();
        String files = count == 1 ? "1 file" : count + " files";
        out.println("Input        inspecting %s".formatted(files));
        out.flush();
        TickTape tape = found.inspect(new InspectionLines(out));
        out.printf(
                Locale.ROOT,
                "             %,d rows, %,d symbols, %s to %s%n",
                tape.rows(),
                tape.symbols().size(),
                time(tape.firstMicros()),
                time(tape.lastMicros()));
        out.flush();
        return new FileFeed("%s, %s".formatted(paths.get(0).normalize(), files), tape);
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

    private TickFileOptions options() {
        return new TickFileOptions(
                format == null ? null : TickFormat.byName(format),
                symbol,
                zone == null ? null : zoneOf(zone));
    }

    private static ZoneId zoneOf(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new CommandException(
                    "--zone %s is no time zone; write UTC, -05:00 or Europe/Berlin".formatted(zone),
                    e);
        }
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
}
