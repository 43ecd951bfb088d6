package com.shivx.jobs.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells the format of a file, from its name where that says it and from its first line else. */
final class FormatDetection {

    private static final Pattern BROKER_FOLDER = Pattern.compile("(.+)-ticks");
    private static final Pattern BROKER_FILE = Pattern.compile("\\d{8}_quote\\.(zip|csv|csv\\.gz)");
    private static final Pattern BROKER_ENTRY = Pattern.compile("\\d{8}_([a-z]{6})_.*");
    private static final Pattern DATE = Pattern.compile("(?<!\\d)(\\d{8})(?!\\d)");
    private static final Pattern JSON_NAME = Pattern.compile(".*\\.(jsonl|ndjson|json)");
    private static final String USUAL_PAIR = "EURUSD";

    /** Brokers whose days do not begin at midnight UTC. */
    private static final Map<String, ZoneId> BROKER_ZONES = Map.of("fxcm", ZoneOffset.ofHours(-5));

    private final TickFileOptions options;

    FormatDetection(TickFileOptions options) {
        this.options = options;
    }

    /**
     * The file with its format.
     *
     * @param name what it is to be called in dead letters
     */
    TickFile detect(Path path, String name) throws IOException {
        if (!Files.exists(path)) {
            throw new TickFileException(path, "no such file or folder: check the path");
        }
        if (!Files.isRegularFile(path)) {
            throw new TickFileException(
                    path, "is no regular file: store what it gives first, ticks are read twice");
        }
        try (UnpackedInput in = UnpackedInput.open(path)) {
            TickFormat format = options.format();
            if (format == null) {
                format = isBrokerFile(path) ? TickFormat.BROKER_QUOTES : detect(path, in);
            }
            return format == TickFormat.BROKER_QUOTES
                    ? brokerFile(path, name, in.entryName())
                    : new TickFile(path, name, format, options.symbol(), 0, Files.size(path));
        }
    }

    private TickFormat detect(Path path, UnpackedInput in) throws IOException {
        LineReader lines = new LineReader(in);
        boolean any = lines.next();
        if (JSON_NAME.matcher(unpackedName(path, in)).matches() || (any && startsObject(lines))) {
            return TickFormat.JSON_LINES;
        }
        List<String> header = any ? CsvSplitter.header(lines) : List.of();
        String problem = any ? "its first line is " + shown(lines) : "it is empty";
        for (TickFormat format : TickFormat.values()) {
            CsvLayout layout = format.layout();
            if (layout != null) {
                String headerProblem = layout.problem(header, options.symbol() != null);
                if (headerProblem == null) {
                    return format;
                }
                // Of that format, but for something.
                if (layout.known(header) > 1) {
                    problem = "as " + format.optionName() + ' ' + headerProblem;
                }
            }
        }
        throw new TickFileException(
                path,
                "is of no known format, "
                        + problem
                        + ": name its format with --format ("
                        + TickFormat.names()
                        + ") or leave it out");
    }

    private static boolean isBrokerFile(Path path) {
        return BROKER_FILE.matcher(path.getFileName().toString()).matches() && broker(path) != null;
    }

    private TickFile brokerFile(Path path, String name, @Nullable String entry) throws IOException {
        String broker = broker(path);
        String symbol = options.symbol();
        if (symbol == null) {
            if (broker == null) {
                throw new TickFileException(
                        path,
                        "does not say whose quotes it holds: name the symbol with --symbol, or put"
                                + " it into a folder BROKER-ticks");
            }
            symbol = broker + ':' + pair(entry);
        }
        ZoneId zone = options.zone();
        if (zone == null) {
            zone =
                    broker == null
                            ? ZoneOffset.UTC
                            : BROKER_ZONES.getOrDefault(broker, ZoneOffset.UTC);
        }
        LocalDate date = date(path, entry);
        long midnight = TimeUnit.SECONDS.toMicros(date.atStartOfDay(zone).toEpochSecond());
        return new TickFile(
                path, name, TickFormat.BROKER_QUOTES, symbol, midnight, Files.size(path));
    }

    private static @Nullable String broker(Path path) {
        Path folder = path.toAbsolutePath().normalize().getParent();
        Path folderName = folder == null ? null : folder.getFileName();
        Matcher matcher = BROKER_FOLDER.matcher(folderName == null ? "" : folderName.toString());
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static String pair(@Nullable String entry) {
        Matcher matcher = BROKER_ENTRY.matcher(entry == null ? "" : entry);
        return matcher.matches() ? matcher.group(1).toUpperCase(Locale.ROOT) : USUAL_PAIR;
    }

    private static LocalDate date(Path path, @Nullable String entry) throws TickFileException {
        for (String name :
                new String[] {path.getFileName().toString(), entry == null ? "" : entry}) {
            Matcher matcher = DATE.matcher(name);
            if (matcher.find()) {
                try {
                    return LocalDate.parse(matcher.group(1), DateTimeFormatter.BASIC_ISO_DATE);
                } catch (DateTimeException e) {
                    throw new TickFileException(
                            path, "has no date in its name: " + e.getMessage(), e);
                }
            }
        }
        throw new TickFileException(
                path,
                "has no date in its name: call it YYYYMMDD_quote, its times count from there");
    }

    private static String unpackedName(Path path, UnpackedInput in) {
        String entry = in.entryName();
        String name = entry == null ? path.getFileName().toString() : entry;
        return name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    }

    private static boolean startsObject(LineReader line) {
        int at = line.start();
        int end = at + line.length();
        while (at < end && (line.bytes()[at] == ' ' || line.bytes()[at] == '\t')) {
            at++;
        }
        return at < end && line.bytes()[at] == '{';
    }

    /** The beginning of a line, fit for a message of one line. */
    private static String shown(LineReader line) {
        int length = Math.min(line.length(), 40);
        String text = new String(line.bytes(), line.start(), length, StandardCharsets.UTF_8);
        return '"'
                + text.replaceAll("\\p{Cntrl}|\ufffd", "?")
                + (line.length() > 40 ? "…\"" : "\"");
    }
}
