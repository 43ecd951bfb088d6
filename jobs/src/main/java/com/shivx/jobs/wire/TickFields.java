package com.shivx.jobs.wire;

import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one tick while it is being read, whatever it is read from; reused for the next.
 * What a tick must have is decided here and nowhere else. Not safe between threads.
 */
public final class TickFields {

    /** Given as time of reception: where the tick does not say, it is the event time. */
    public static final long AT_EVENT_TIME = Long.MIN_VALUE;

    /** The longest symbol, in UTF-16 units. */
    static final int LONGEST_SYMBOL = 255;

    private final long[] integers = new long[TickField.values().length];
    private final double[] numbers = new double[TickField.values().length];
    private @Nullable String symbol;
    private @Nullable TickKind kind;
    private @Nullable Aggressor aggressor;

    /** One bit a field, by ordinal. */
    private int present;

    /** Forgets the last tick. */
    public void clear() {
        present = 0;
        symbol = null;
        kind = null;
        aggressor = null;
    }

    /** Whether the field has been set. */
    public boolean has(TickField field) {
        return (present & (1 << field.ordinal())) != 0;
    }

    /**
     * Sets a field of text; a blank one counts as missing. A symbol becomes keys, ids and names on
     * screens, so it must be of bounded length and of characters that are seen.
     */
    public void setText(TickField field, String value) throws UnreadableTickException {
        if (value.isBlank()) {
            return;
        }
        switch (field) {
            case SYMBOL -> {
                if (!isName(value)) {
                    throw UnreadableTickException.wrongType(field, '"' + value + '"');
                }
                symbol = value;
            }
            case KIND -> kind = kindOf(value);
            case AGGRESSOR -> aggressor = aggressorOf(value);
            default -> throw UnreadableTickException.wrongType(field, '"' + value + '"');
        }
        markPresent(field);
    }

    /** Sets a field of type INTEGER. */
    public void setInteger(TickField field, long value) throws UnreadableTickException {
        boolean reserved = field == TickField.SEQUENCE && value == Tick.NO_SEQUENCE;
        if (reserved || (field == TickField.ROW && value < 0)) {
            throw UnreadableTickException.wrongType(field, Long.toString(value));
        }
        integers[field.ordinal()] = value;
        markPresent(field);
    }

    /** A field of type INTEGER that has been set. */
    public long integer(TickField field) {
        return integers[field.ordinal()];
    }

    /** Sets a field of type NUMBER; NaN and infinities are numbers here and quality's to judge. */
    public void setNumber(TickField field, double value) {
        numbers[field.ordinal()] = value;
        markPresent(field);
    }

    /** The symbol, or null while it has not been set. */
    public @Nullable String symbol() {
        return symbol;
    }

    /** Sets the kind of a tick that does not name it. */
    public void setKind(TickKind value) {
        kind = value;
        markPresent(TickField.KIND);
    }

    /**
     * The tick. Fields of the other kind are dropped, and so is the row of a tick with a sequence.
     *
     * @param receivedMicros time of reception where the tick does not say, or {@link
     *     #AT_EVENT_TIME}
     * @param row place of the tick where it has neither sequence nor row
     * @throws UnreadableTickException with MISSING_FIELD
     */
    public Tick toTick(long receivedMicros, long row) throws UnreadableTickException {
        String knownSymbol = symbol;
        if (knownSymbol == null) {
            throw UnreadableTickException.missing(TickField.SYMBOL);
        }
        TickKind knownKind = kind;
        if (knownKind == null) {
            throw UnreadableTickException.missing(TickField.KIND);
        }
        require(TickField.EVENT_TIME_MICROS);
        boolean trade = knownKind == TickKind.TRADE;
        require(trade ? TickField.PRICE : TickField.BID_PRICE);
        require(trade ? TickField.SIZE : TickField.ASK_PRICE);
        long eventTime = integer(TickField.EVENT_TIME_MICROS);
        long fallback = receivedMicros == AT_EVENT_TIME ? eventTime : receivedMicros;
        long sequence = integerOr(TickField.SEQUENCE, Tick.NO_SEQUENCE);
        return new Tick(
                knownSymbol,
                knownKind,
                eventTime,
                integerOr(TickField.RECEIVED_MICROS, fallback),
                sequence,
                sequence == Tick.NO_SEQUENCE ? integerOr(TickField.ROW, row) : Tick.NO_ROW,
                numberIf(trade, TickField.PRICE),
                numberIf(trade, TickField.SIZE),
                trade ? aggressor : null,
                numberIf(!trade, TickField.BID_PRICE),
                numberIf(!trade, TickField.BID_SIZE),
                numberIf(!trade, TickField.ASK_PRICE),
                numberIf(!trade, TickField.ASK_SIZE));
    }

    private void require(TickField field) throws UnreadableTickException {
        if (!has(field)) {
            throw UnreadableTickException.missing(field);
        }
    }

    private long integerOr(TickField field, long fallback) {
        return has(field) ? integers[field.ordinal()] : fallback;
    }

    private double numberIf(boolean wanted, TickField field) {
        return wanted && has(field) ? numbers[field.ordinal()] : Double.NaN;
    }

    private void markPresent(TickField field) {
        present |= 1 << field.ordinal();
    }

    private static boolean isName(String value) {
        if (value.length() > LONGEST_SYMBOL) {
            return false;
        }
        int i = 0;
        while (i < value.length()) {
            int codePoint = value.codePointAt(i);
            boolean plain = codePoint >= ' ' && codePoint < 0x7f;
            if (!plain && !isSeen(codePoint)) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }

    private static boolean isSeen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            // A surrogate is a code point of its own only where its other half is missing.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private static TickKind kindOf(String value) throws UnreadableTickException {
        return switch (value) {
            case "TRADE" -> TickKind.TRADE;
            case "QUOTE" -> TickKind.QUOTE;
            default -> throw UnreadableTickException.unknownKind('"' + value + '"');
        };
    }

    private static Aggressor aggressorOf(String value) throws UnreadableTickException {
        return switch (value) {
            case "BUY", "buy" -> Aggressor.BUY;
            case "SELL", "sell" -> Aggressor.SELL;
            default ->
                    throw UnreadableTickException.wrongType(TickField.AGGRESSOR, '"' + value + '"');
        };
    }
}
