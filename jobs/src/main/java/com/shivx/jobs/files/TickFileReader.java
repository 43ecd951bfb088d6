package com.shivx.jobs.files;

import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.TickField;
import com.shivx.jobs.wire.TickFields;
import com.shivx.jobs.wire.TickJson;
import com.shivx.jobs.wire.UnreadableTickException;
import com.shivx.models.wire.DeadLetterReason;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of one file in their order, in constant memory. */
final class TickFileReader implements Closeable {

    private final TickFile file;
    private final Set<String> receptionClock;
    private final long rowsBefore;
    private final UnpackedInput in;
    private final LineReader lines;
    private final RowParser parser;
    private final boolean mayLackExchangeTime;
    private final TickFields fields = new TickFields();
    private final Set<String> withoutExchangeTime = new HashSet<>();
    private long rows;

    /**
     * Opens a file and reads its header.
     *
     * @param receptionClock symbols whose event time is the time of reception
     * @param rowsBefore rows that count before the first, for ticks without sequence
     */
    TickFileReader(TickFile file, Set<String> receptionClock, long rowsBefore)
            throws TickFileException {
        this.file = file;
        this.receptionClock = receptionClock;
        this.rowsBefore = rowsBefore;
        in = UnpackedInput.open(file.path());
        lines = new LineReader(in);
        parser = openParser();
        CsvLayout layout = file.format().layout();
        mayLackExchangeTime = layout != null && layout.mayLackExchangeTime();
    }

    /** The next row; null at the end. */
    @Nullable TickRow next() throws TickFileException {
        if (!nextLine()) {
            return null;
        }
        rows++;
        try {
            return new TickRow(file, rows, readTick(), null);
        } catch (UnreadableTickException e) {
            return new TickRow(file, rows, null, badRow(e));
        }
    }

    /** Rows read so far. */
    long rows() {
        return rows;
    }

    /** Bytes of the file read so far, as it lies on disk. */
    long position() {
        return in.position();
    }

    /** Symbols of which a row so far had no exchange time. */
    Set<String> withoutExchangeTime() {
        return withoutExchangeTime;
    }

    @Override
    public void close() throws TickFileException {
        try {
            in.close();
        } catch (IOException e) {
            throw TickFileException.of(file.path(), e);
        }
    }

    private Tick readTick() throws UnreadableTickException {
        if (lines.isTooLong()) {
            throw new UnreadableTickException(
                    DeadLetterReason.TOO_LARGE,
                    lines.fullLength()
                            + " bytes, where a row has at most "
                            + LineReader.LONGEST
                            + ": write one tick a line");
        }
        fields.clear();
        parser.read(lines.bytes(), lines.start(), lines.length(), fields);
        String symbol = fields.symbol();
        if (symbol == null && file.symbol() != null) {
            symbol = file.symbol();
            fields.setText(TickField.SYMBOL, symbol);
        }
        if (symbol != null && fields.has(TickField.RECEIVED_MICROS)) {
            chooseClock(symbol);
        }
        return fields.toTick(TickFields.AT_EVENT_TIME, rowsBefore + rows);
    }

    private void chooseClock(String symbol) throws UnreadableTickException {
        boolean lacksExchangeTime = mayLackExchangeTime && !fields.has(TickField.EVENT_TIME_MICROS);
        if (lacksExchangeTime) {
            withoutExchangeTime.add(symbol);
        }
        if (lacksExchangeTime || receptionClock.contains(symbol)) {
            fields.setInteger(
                    TickField.EVENT_TIME_MICROS, fields.integer(TickField.RECEIVED_MICROS));
        }
    }

    private BadRow badRow(UnreadableTickException problem) {
        return new BadRow(
                lines.copy(),
                problem.reason(),
                String.valueOf(problem.getMessage()),
                lines.fullLength(),
                lines.sha256());
    }

    private RowParser openParser() throws TickFileException {
        try {
            CsvLayout layout = file.format().layout();
            if (layout != null) {
                return new CsvRowParser(layout, readHeader(layout));
            }
        } catch (TickFileException e) {
            close();
            throw e;
        }
        return switch (file.format()) {
            case BROKER_QUOTES -> new BrokerRowParser(file.midnightMicros());
            default -> {
                TickJson json = new TickJson();
                yield (bytes, offset, length, into) -> json.readInto(into, bytes, offset, length);
            }
        };
    }

    private List<String> readHeader(CsvLayout layout) throws TickFileException {
        boolean any = nextLine();
        List<String> header = any ? CsvSplitter.header(lines) : List.of();
        String problem = layout.problem(header, file.symbol() != null);
        if (problem != null) {
            throw new TickFileException(
                    file.path(),
                    "is no file of format "
                            + file.format().optionName()
                            + ", "
                            + problem
                            + ": name the right one of "
                            + TickFormat.names());
        }
        return header;
    }

    private boolean nextLine() throws TickFileException {
        try {
            return lines.next();
        } catch (IOException e) {
            throw TickFileException.of(file.path(), e);
        }
    }
}
