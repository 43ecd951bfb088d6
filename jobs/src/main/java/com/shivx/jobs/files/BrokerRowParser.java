package com.shivx.jobs.files;

import com.shivx.features.tick.TickKind;
import com.shivx.jobs.wire.TickField;
import com.shivx.jobs.wire.TickFields;
import com.shivx.jobs.wire.UnreadableTickException;

/**
 * Rows {@code time_ms,bid,ask} of a broker: elapsed milliseconds since midnight, cut off at the
 * microsecond; no sizes, no sequence, and reception is the event.
 */
final class BrokerRowParser implements RowParser {

    private static final int MILLIS_TO_MICROS = 3;
    private static final String TIME_REMEDY = "write milliseconds since midnight";

    private final long midnightMicros;
    private final CsvSplitter parts = new CsvSplitter();
    private final AsciiNumber number = new AsciiNumber();

    BrokerRowParser(long midnightMicros) {
        this.midnightMicros = midnightMicros;
    }

    @Override
    public void read(byte[] bytes, int offset, int length, TickFields into)
            throws UnreadableTickException {
        parts.split(bytes, offset, length);
        CsvRowParser.requireCount(parts.count(), 3);
        into.setKind(TickKind.QUOTE);
        if (!parts.isBlank(0)) {
            into.setInteger(TickField.EVENT_TIME_MICROS, time(bytes, parts.start(0), parts.end(0)));
        }
        readPrice(bytes, 1, TickField.BID_PRICE, into);
        readPrice(bytes, 2, TickField.ASK_PRICE, into);
    }

    private long time(byte[] bytes, int start, int end) throws UnreadableTickException {
        if (number.readInteger(bytes, start, end, MILLIS_TO_MICROS)) {
            long time = midnightMicros + number.integer();
            boolean overflows = ((midnightMicros ^ time) & (number.integer() ^ time)) < 0;
            if (!overflows) {
                return time;
            }
        }
        throw CsvRowParser.wrongType("time_ms", bytes, start, end, TIME_REMEDY);
    }

    private void readPrice(byte[] bytes, int part, TickField field, TickFields into)
            throws UnreadableTickException {
        if (parts.isBlank(part)) {
            return;
        }
        int start = parts.start(part);
        int end = parts.end(part);
        if (!number.readNumber(bytes, start, end)) {
            throw CsvRowParser.wrongType(field.wireName(), bytes, start, end, field.remedy());
        }
        into.setNumber(field, number.number());
    }
}
