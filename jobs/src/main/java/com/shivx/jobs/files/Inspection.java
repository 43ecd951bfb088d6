package com.shivx.jobs.files;

import com.shivx.features.tick.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One pass over files, before any of their rows is used. */
final class Inspection {

    private static final int ROWS_BETWEEN_REPORTS = 1 << 16;

    private final List<TickFile> files;
    private final InspectionProgress progress;
    private final long bytesTotal;
    private final List<InspectedFile> inspected = new ArrayList<>();
    private final RowNumbering numbering = new RowNumbering();
    private final Set<String> symbols = new HashSet<>();
    private final Set<String> receptionClock = new TreeSet<>();
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros = Long.MIN_VALUE;
    private long rows;
    private long bytesBefore;

    Inspection(List<TickFile> files, InspectionProgress progress) {
        this.files = files;
        this.progress = progress;
        this.bytesTotal = files.stream().mapToLong(TickFile::bytes).sum();
    }

    TickTape run() throws TickFileException {
        for (TickFile file : files) {
            try (TickCursor cursor = new TickCursor(file, Set.of(), 0)) {
                inspect(file, cursor);
            }
        }
        if (rows == 0) {
            throw new TickFileException(
                    files.get(0).path(),
                    "has no rows, nor has any other file: name files with ticks");
        }
        boolean anyTick = !symbols.isEmpty();
        return new TickTape(
                numbering.number(inspected, receptionClock),
                Collections.unmodifiableSet(new TreeSet<>(symbols)),
                Collections.unmodifiableSet(receptionClock),
                anyTick ? firstMicros : 0,
                anyTick ? lastMicros : 0);
    }

    private void inspect(TickFile file, TickCursor cursor) throws TickFileException {
        long firstKey = cursor.key();
        long rowsOfOthers = rows;
        numbering.startFile();
        String lastSymbol = "";
        for (TickRow row = cursor.head(); row != null; row = cursor.head()) {
            rows++;
            Tick tick = row.tick();
            if (tick != null) {
                firstMicros = Math.min(firstMicros, cursor.key());
                lastMicros = Math.max(lastMicros, cursor.key());
                if (!tick.symbol().equals(lastSymbol)) {
                    lastSymbol = tick.symbol();
                    symbols.add(lastSymbol);
                }
                numbering.add(tick);
            }
            if (rows % ROWS_BETWEEN_REPORTS == 0) {
                long bytesRead = bytesBefore + cursor.reader().position();
                progress.onRows(file, rows, Math.min(bytesRead, bytesTotal), bytesTotal);
            }
            cursor.advance();
        }
        inspected.add(new InspectedFile(file, rows - rowsOfOthers, firstKey, 0));
        receptionClock.addAll(cursor.reader().withoutExchangeTime());
        bytesBefore += file.bytes();
        progress.onRows(file, rows, bytesBefore, bytesTotal);
    }
}
