package com.shivx.jobs.backfill;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.files.BadRow;
import com.shivx.jobs.files.TickFileException;
import com.shivx.jobs.files.TickRow;
import com.shivx.jobs.files.TickRows;
import com.shivx.jobs.files.TickTape;
import com.shivx.jobs.ingest.Ingested;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** The rows of tick files as a source emits them. Whoever opened it closes it. */
final class TickFileRows implements Iterator<Ingested>, AutoCloseable {

    /** Who found a bad row, on its dead letter. */
    private static final String JOB = "backfill";

    private final TickRows rows;
    private @Nullable TickRow next;

    private TickFileRows(TickRows rows) throws TickFileException {
        this.rows = rows;
        this.next = rows.next();
    }

    /**
     * The rows after the first {@code position}.
     *
     * @param fingerprint of the tape in which that position is meant
     */
    static TickFileRows open(TickFileSet files, String fingerprint, long position) {
        TickRows rows = null;
        try {
            TickTape tape = files.inspect();
            if (!tape.fingerprint().equals(fingerprint)) {
                // No restart brings back what they were.
                throw new SuppressRestartsException(
                        new IllegalStateException(
                                String.join(", ", files.paths())
                                        + ": not what it was when the backfill was submitted:"
                                        + " submit it again, with another backfill.output"));
            }
            rows = tape.open();
            rows.skip(position);
            return new TickFileRows(rows);
        } catch (TickFileException e) {
            throw closing(rows, e);
        }
    }

    /** Rows emitted so far: where to go on. */
    long position() {
        return next == null ? rows.position() : rows.position() - 1;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Ingested next() {
        TickRow row = next;
        if (row == null) {
            throw new NoSuchElementException();
        }
        try {
            next = rows.next();
        } catch (TickFileException e) {
            throw closing(rows, e);
        }
        Tick tick = row.tick();
        BadRow bad = row.bad();
        if (tick != null) {
            return Ingested.tick(tick, 0);
        }
        if (bad != null) {
            return Ingested.deadLetter(bad.toDeadLetter(row.file().name(), row.row(), JOB));
        }
        throw new IllegalStateException("a row is a tick or a bad row");
    }

    @Override
    public void close() throws TickFileException {
        rows.close();
    }

    private static FlinkRuntimeException closing(@Nullable TickRows rows, TickFileException e) {
        if (rows != null) {
            try {
                rows.close();
            } catch (TickFileException second) {
                e.addSuppressed(second);
            }
        }
        return new FlinkRuntimeException(e.getMessage(), e);
    }
}
