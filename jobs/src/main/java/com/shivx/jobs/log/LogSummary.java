package com.shivx.jobs.log;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a log holds of one kind, or of one feature set: counted by reading it, row by row, so that
 * damage is found as well.
 */
public final class LogSummary {

    private final LogKind kind;
    private final String group;
    private final SortedMap<String, Long> rowsBySymbol = new TreeMap<>();
    private final SortedMap<String, Long> rowsByVersion = new TreeMap<>();
    private final SortedSet<LocalDate> dates = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();
    private int files;
    private long bytes;
    private long rows;

    /** Hears how far the reading is. */
    @FunctionalInterface
    public interface Progress {

        /** After a file of a kind. */
        void read(String kind, long bytesRead, long bytesTotal);
    }

    private LogSummary(LogKind kind, String group) {
        this.kind = kind;
        this.group = group;
    }

    /**
     * Reads all finished files of a kind.
     *
     * @param folder what lies there
     * @param progress hears of each file
     * @return one summary for each feature set, or one for all; none where there is no file
     */
    public static List<LogSummary> of(LogFolder folder, LogKind kind, Progress progress) {
        long total = folder.finished().stream().mapToLong(LogFile::bytes).sum();
        long read = 0;
        SortedMap<String, LogSummary> byGroup = new TreeMap<>();
        for (LogFile file : folder.finished()) {
            byGroup.computeIfAbsent(file.group(), group -> new LogSummary(kind, group))
                    .add(file, kind.records());
            read += file.bytes();
            progress.read(kind.folder(), read, total);
        }
        return List.copyOf(byGroup.values());
    }

    private <T> void add(LogFile file, LogRecords<T> records) {
        files++;
        bytes += file.bytes();
        dates.add(file.date());
        try (LogFileRows<T> all = LogFileRows.open(file.path(), records.codec())) {
            for (T row = all.next(); row != null; row = all.next()) {
                rows++;
                rowsBySymbol.merge(records.symbol(row), 1L, Long::sum);
                String version = records.version(row);
                if (version != null) {
                    rowsByVersion.merge(version, 1L, Long::sum);
                }
            }
        } catch (LogFileException e) {
            problems.add(e.getMessage());
        }
    }

    /** The kind. */
    public LogKind kind() {
        return kind;
    }

    /** The feature set, as its folder says; empty of a kind that has none. */
    public String featureSet() {
        return group.startsWith(LoggedVectors.SET_PREFIX)
                ? group.substring(LoggedVectors.SET_PREFIX.length())
                : group;
    }

    /** The first event date. */
    public LocalDate firstDate() {
        return dates.first();
    }

    /** The last event date. */
    public LocalDate lastDate() {
        return dates.last();
    }

    /** How many rows can be read. */
    public long rows() {
        return rows;
    }

    /** How many files there are, those with problems as well. */
    public int files() {
        return files;
    }

    /** Their length. */
    public long bytes() {
        return bytes;
    }

    /** Rows by symbol. */
    public SortedMap<String, Long> rowsBySymbol() {
        return rowsBySymbol;
    }

    /** The symbol with most rows, the first of equals; null without any. */
    public @Nullable String largestSymbol() {
        String largest = null;
        long most = 0;
        for (var symbol : rowsBySymbol.entrySet()) {
            if (symbol.getValue() > most) {
                largest = symbol.getKey();
                most = symbol.getValue();
            }
        }
        return largest;
    }

    /** Rows by model version; empty of a kind that no model makes. */
    public SortedMap<String, Long> rowsByVersion() {
        return rowsByVersion;
    }

    /**
     * Dates between the first and the last without a file. A market that closes at weekends has
     * some.
     */
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        LocalDate before = null;
        for (LocalDate date : dates) {
            if (before != null && before.plusDays(1).isBefore(date)) {
                gaps.add(new Gap(before.plusDays(1), date.minusDays(1)));
            }
            before = date;
        }
        return gaps;
    }

    /**
     * Dates that are missing.
     *
     * @param first the first of them
     * @param last the last of them
     */
    public record Gap(LocalDate first, LocalDate last) {

        @Override
        public String toString() {
            return first.equals(last) ? first.toString() : first + ".." + last;
        }
    }

    /** One line for each file that cannot be read to its end: where, why, and what to do. */
    public List<String> problems() {
        return problems;
    }
}
