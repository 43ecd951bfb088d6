package com.shivx.jobs.log;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureVector;
import com.shivx.models.Prediction;
import com.shivx.models.outcome.Outcome;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads one kind of record from a log, in one order: by event time, then symbol, then id, whatever
 * files they lie in. A record that was logged twice, as by two backfills into one folder, is there
 * once. The same records give the same rows, however jobs were stopped and files were merged.
 *
 * <p>What is not finished is not read: the last minutes of a log that is being written.
 */
public final class LogReader<T> {

    /**
     * So many records are in memory at once, about 200 MB of vectors with 32 features; of a longer
     * day a part at a time, for which its files are read several times.
     */
    static final int MAX_ROWS = 500_000;

    private final LogKind kind;
    private final LogRecords<T> records;
    private final Path log;
    private final Set<String> groups;
    private final Check<T> check;
    private final int maxRows;

    /** What a record must be. */
    interface Check<T> {

        /** What is wrong with it and what to do; null where nothing is. */
        @Nullable String problem(T record);
    }

    private LogReader(
            LogKind kind,
            LogRecords<T> records,
            Path log,
            Set<String> groups,
            Check<T> check,
            int maxRows) {
        this.kind = kind;
        this.records = records;
        this.log = log;
        this.groups = groups;
        this.check = check;
        this.maxRows = maxRows;
    }

    /**
     * Reads the vectors of a feature set. One that another set has made, which once had its name,
     * is an error and not a row: its values would mean something else.
     */
    public static LogReader<FeatureVector> features(Path log, FeatureSet set) {
        return features(log, set, MAX_ROWS);
    }

    static LogReader<FeatureVector> features(Path log, FeatureSet set, int maxRows) {
        return new LogReader<>(
                LogKind.FEATURES,
                new LoggedVectors(),
                log,
                Set.of(LoggedVectors.folder(set), LoggedVectors.folderOfUnknown(set.hash())),
                vector -> problem(vector, set),
                maxRows);
    }

    /** Reads predictions of all models. */
    public static LogReader<Prediction> predictions(Path log) {
        return all(LogKind.PREDICTIONS, new LoggedPredictions(), log);
    }

    /**
     * Reads outcomes of all models: the revisions of one behind each other, so that the last of
     * them is what holds.
     */
    public static LogReader<Outcome> outcomes(Path log) {
        return all(LogKind.OUTCOMES, new LoggedOutcomes(), log);
    }

    private static <T> LogReader<T> all(LogKind kind, LogRecords<T> records, Path log) {
        return new LogReader<>(kind, records, log, Set.of(""), record -> null, MAX_ROWS);
    }

    /**
     * The records of event dates in UTC.
     *
     * @param from the first
     * @param to the one after the last
     * @throws LogFileException if there is no log, or a file cannot be read
     */
    public LogRows<T> read(LocalDate from, LocalDate to) throws IOException {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "from %s to %s is no date at all: the end comes after the last"
                            .formatted(from, to));
        }
        return new LogRows<>(dates(from, to), records, check, maxRows);
    }

    /**
     * The records of a span of event time; files of dates outside it are not opened.
     *
     * @param fromMicros first event time, microseconds since the epoch; {@link Long#MIN_VALUE} for
     *     all before
     * @param untilMicros first event time that is none any more; {@link Long#MAX_VALUE} for all
     *     after
     * @throws LogFileException if there is no log, or a file cannot be read
     */
    public LogRows<T> read(long fromMicros, long untilMicros) throws IOException {
        if (fromMicros >= untilMicros) {
            throw new IllegalArgumentException(
                    "from %d µs to %d µs is no time at all: the end comes after the last"
                            .formatted(fromMicros, untilMicros));
        }
        LocalDate afterLast = EventDate.of(untilMicros - 1).plusDays(1);
        return new LogRows<>(
                dates(EventDate.of(fromMicros), afterLast),
                records,
                check,
                maxRows,
                fromMicros,
                untilMicros);
    }

    private SortedMap<LocalDate, List<LogFile>> dates(LocalDate from, LocalDate to)
            throws IOException {
        SortedMap<LocalDate, List<LogFile>> dates = new TreeMap<>();
        for (LogFile file : LogFolder.list(log, kind).finished()) {
            if (groups.contains(file.group())
                    && !file.date().isBefore(from)
                    && file.date().isBefore(to)) {
                dates.computeIfAbsent(file.date(), date -> new ArrayList<>()).add(file);
            }
        }
        return dates;
    }

    private static @Nullable String problem(FeatureVector vector, FeatureSet set) {
        List<String> problems =
                vector.featureSetHash().equals(set.hash()) && vector.values().length == set.size()
                        ? List.of()
                        : set.problems(vector);
        return problems.isEmpty() ? null : problems.get(0);
    }
}
