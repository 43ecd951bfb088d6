package com.shivx.jobs.files;

import com.shivx.jobs.wire.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Files of ticks that have been read through once, so that their order and clocks are known: what
 * replay and backfill read. The same files give the same rows in the same order, every time.
 */
public final class TickTape {

    private final List<InspectedFile> files;
    private final Set<String> symbols;
    private final Set<String> receptionClock;
    private final long firstMicros;
    private final long lastMicros;

    TickTape(
            List<InspectedFile> files,
            Set<String> symbols,
            Set<String> receptionClock,
            long firstMicros,
            long lastMicros) {
        this.files = List.copyOf(files);
        this.symbols = symbols;
        this.receptionClock = receptionClock;
        this.firstMicros = firstMicros;
        this.lastMicros = lastMicros;
    }

    /** Rows of all files, ticks or not. */
    public long rows() {
        return files.stream().mapToLong(InspectedFile::rows).sum();
    }

    /** Symbols of all ticks, sorted. */
    public Set<String> symbols() {
        return symbols;
    }

    /**
     * Symbols of which a row lacks exchange time, so that reception is the event time of all their
     * ticks.
     */
    public Set<String> receptionClockSymbols() {
        return receptionClock;
    }

    /** Time of reception of the first tick, strays aside; 0 where there is none. */
    public long firstMicros() {
        return firstMicros;
    }

    /** Time of reception of the last tick, strays aside; 0 where there is none. */
    public long lastMicros() {
        return lastMicros;
    }

    /**
     * The same for as long as the tape is: a hash of every file's name, size, rows and place. Who
     * stores a position stores this with it.
     */
    public String fingerprint() {
        Sha256 sha256 = new Sha256();
        for (InspectedFile file : files) {
            byte[] line =
                    String.join(
                                    "\u0000",
                                    file.file().name(),
                                    file.file().symbol(),
                                    Long.toString(file.file().midnightMicros()),
                                    Long.toString(file.file().bytes()),
                                    Long.toString(file.rows()),
                                    Long.toString(file.firstKey()),
                                    "\n")
                            .getBytes(StandardCharsets.UTF_8);
            sha256.update(line, 0, line.length);
        }
        return sha256.hex();
    }

    /** All rows from the first. */
    public TickRows open() throws TickFileException {
        return new TickRows(files, Set.copyOf(receptionClock));
    }
}
