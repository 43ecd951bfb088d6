package com.shivx.cli.log;

import com.shivx.jobs.log.LogSummary;
import com.shivx.models.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.Path;

/** What a log holds, for people. */
public final class LogContentText {

    /** More missing dates than fit a line are counted. */
    private static final int SHOWN = 5;

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int UNIT = 1024;

    private LogContentText() {}

    /** A paragraph for each kind and feature set, then what is odd. */
    public static List<String> lines(LogContent content) {
        List<String> lines = new ArrayList<>();
        if (content.summaries().isEmpty()) {
            lines.add(
                    "%s holds nothing finished yet; 'shivx run log' writes it, and closes files minutes later"
                            .formatted(content.log()));
        }
        for (LogSummary summary : content.summaries()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            add(summary, lines);
        }
        addPaths("not finished, and not read", content.unfinished(), lines);
        addPaths("of no job, and not read", content.strays(), lines);
        addAll("unreadable", content.problems(), lines);
        return lines;
    }

    private static void add(LogSummary summary, List<String> lines) {
        lines.add((summary.kind().folder() + " " + summary.featureSet()).strip());
        line(lines, "dates", "%s .. %s".formatted(summary.firstDate(), summary.lastDate()));
        line(
                lines,
                "rows",
                String.format(
                        Locale.ROOT,
                        "%,d in %s of %s",
                        summary.rows(),
                        Counted.of(summary.files(), "file"),
                        size(summary.bytes())));
        String largest = summary.largestSymbol();
        if (largest != null) {
            line(
                    lines,
                    "symbols",
                    String.format(
                            Locale.ROOT,
                            "%,d, most rows of %s (%,d)",
                            summary.rowsBySymbol().size(),
                            largest,
                            summary.rowsBySymbol().get(largest)));
        }
        if (!summary.rowsByVersion().isEmpty()) {
            line(lines, "versions", counts(summary.rowsByVersion()));
        }
        line(lines, "missing", gaps(summary.gaps()));
    }

    private static void line(List<String> lines, String name, String value) {
        lines.add("  %-9s %s".formatted(name, value));
    }

    private static String counts(Map<String, Long> rows) {
        return rows.entrySet().stream()
                .map(
                        version ->
                                String.format(
                                        Locale.ROOT,
                                        "%s (%,d)",
                                        version.getKey(),
                                        version.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String gaps(List<LogSummary.Gap> gaps) {
        if (gaps.isEmpty()) {
            return "no date";
        }
        String shown =
                gaps.stream()
                        .limit(SHOWN)
                        .map(LogSummary.Gap::toString)
                        .collect(Collectors.joining(", "));
        return gaps.size() <= SHOWN
                ? shown
                : "%s and %d more spans".formatted(shown, gaps.size() - SHOWN);
    }

    private static void addPaths(String title, List<Path> paths, List<String> lines) {
        addAll(title, paths.stream().map(Path::toString).toList(), lines);
    }

    private static void addAll(String title, List<String> items, List<String> lines) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add("%s (%d):".formatted(title, items.size()));
            items.forEach(item -> lines.add("  " + item));
        }
    }

    private static String size(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= UNIT && unit < UNITS.length - 1) {
            size /= UNIT;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
    }
}
