package com.shivx.jobs.log;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Records of several dates in one order, a part of a date in memory at a time. */
public final class LogRows<T> {

    private final LogRecords<T> records;
    private final LogReader.Check<T> check;
    private final int maxRows;
    private final long fromMicros;
    private final long untilMicros;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Deque<List<LogFile>> dates;
    private final List<T> rows = new ArrayList<>();
    private int next;
    private long repeats;

    /** Event times from one to before another, of the files of one date. */
    private record Part(List<LogFile> files, long fromMicros, long toMicros) {}

    LogRows(
            SortedMap<LocalDate, List<LogFile>> files,
            LogRecords<T> records,
            LogReader.Check<T> check,
            int maxRows) {
        this(files, records, check, maxRows, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Only those of a span of event time. */
    LogRows(
            SortedMap<LocalDate, List<LogFile>> files,
            LogRecords<T> records,
            LogReader.Check<T> check,
            int maxRows,
            long fromMicros,
            long untilMicros) {
        this.dates = new ArrayDeque<>(files.values());
        this.records = records;
        this.check = check;
        this.maxRows = maxRows;
        this.fromMicros = fromMicros;
        this.untilMicros = untilMicros;
    }

    /**
     * The next record, or null at the end.
     *
     * @throws LogFileException if a file cannot be read, or holds what does not belong there
     */
    public @Nullable T next() throws IOException {
        while (next == rows.size()) {
            Part part = nextPart();
            if (part == null) {
                return null;
            }
            load(part);
        }
        return rows.get(next++);
    }

    /** How many records were left out so far, since they had been logged before. */
    public long repeats() {
        return repeats;
    }

    private @Nullable Part nextPart() throws IOException {
        while (parts.isEmpty()) {
            List<LogFile> files = dates.poll();
            if (files == null) {
                return null;
            }
            divide(files);
        }
        return parts.poll();
    }

    /** As many parts as keep each, were event times spread evenly, in its bounds. */
    private void divide(List<LogFile> files) throws IOException {
        long count = 0;
        for (LogFile file : files) {
            try (LogFileRows<T> all = LogFileRows.open(file.path(), records.codec())) {
                count += all.countRest();
            }
        }
        long wanted = (count + maxRows - 1) / maxRows;
        long start = EventDate.startMicros(files.get(0).date());
        for (long i = 0; i < wanted; i++) {
            long from = Math.max(fromMicros, start + EventDate.micros() * i / wanted);
            long to = Math.min(untilMicros, start + EventDate.micros() * (i + 1) / wanted);
            if (from < to) {
                parts.add(new Part(files, from, to));
            }
        }
    }

    private void load(Part part) throws IOException {
        rows.clear();
        next = 0;
        for (LogFile file : part.files()) {
            try (LogFileRows<T> all = LogFileRows.open(file.path(), records.codec())) {
                for (T row = all.next(); row != null; row = all.next()) {
                    take(row, file, part);
                }
            }
        }
        rows.sort(records.order());
        dropRepeats();
    }

    private void take(T row, LogFile file, Part part) throws LogFileException {
        String problem = check.problem(row);
        long micros = records.eventTimeMicros(row);
        if (problem == null && !file.date().equals(EventDate.of(micros))) {
            problem =
                    "a record of %s has event time %d µs, of another date: put it where that is"
                            .formatted(records.symbol(row), micros);
        }
        if (problem != null) {
            throw new LogFileException(file.path(), problem);
        }
        if (micros >= part.fromMicros() && micros < part.toMicros()) {
            rows.add(row);
        }
    }

    private void dropRepeats() {
        int kept = 0;
        for (T row : rows) {
            if (kept == 0 || records.order().compare(rows.get(kept - 1), row) != 0) {
                rows.set(kept, row);
                kept++;
            }
        }
        repeats += rows.size() - kept;
        rows.subList(kept, rows.size()).clear();
    }
}
