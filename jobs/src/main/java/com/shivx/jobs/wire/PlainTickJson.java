package com.shivx.jobs.wire;

import com.fasterxml.jackson.core.io.NumberInput;
import com.shivx.features.tick.TextCache;
import java.nio.charset.StandardCharsets;

/**
 * Reads the ticks that feeds send: one object of a tick's own fields, texts of plain ASCII, numbers
 * without exponent. What is any different, wrong or merely unusual, it leaves to a parser that
 * knows all of JSON; what it reads, that parser reads alike (a test holds it to that). A tick of
 * two hundred bytes costs a quarter of what the parser takes. Not safe between threads.
 */
final class PlainTickJson {

    /** Powers of ten that are doubles exactly. */
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18
    };

    /** Integers up to here are doubles exactly. */
    private static final long EXACT = 1L << 53;

    /** So many digits fit a long whatever they are. */
    private static final int SAFE_DIGITS = 18;

    /** No double needs more characters; longer numbers are unusual. */
    private static final int LONGEST_NUMBER = 26;

    private static final int NOT_PLAIN = -1;

    private final TextCache texts;
    private byte[] bytes = {};
    private int end;

    PlainTickJson(TextCache texts) {
        this.texts = texts;
    }

    /**
     * Reads the fields that are there.
     *
     * @return whether it was a plain tick; if not, what the fields hold means nothing
     */
    boolean read(TickFields into, byte[] value, int offset, int length) {
        bytes = value;
        end = offset + length;
        try {
            return readObject(into, offset);
        } catch (UnreadableTickException e) {
            // Which of several mistakes counts, the parser knows.
            return false;
        }
    }

    private boolean readObject(TickFields into, int from) throws UnreadableTickException {
        int at = past(from, '{');
        while (at != NOT_PLAIN) {
            int name = past(at, '"');
            int nameEnd = name == NOT_PLAIN ? NOT_PLAIN : closingQuote(name);
            if (nameEnd == NOT_PLAIN) {
                return false;
            }
            TickField field = TickField.byWireName(bytes, name, nameEnd);
            int colon = past(nameEnd + 1, ':');
            if (field == null || colon == NOT_PLAIN || into.has(field)) {
                return false;
            }
            at = readValue(into, field, visible(colon));
            if (at == NOT_PLAIN) {
                return false;
            }
            at = visible(at);
            if (at < end && bytes[at] == '}') {
                return visible(at + 1) == end;
            }
            at = past(at, ',');
        }
        return false;
    }

    /** The place behind the value; {@link #NOT_PLAIN} if it is none that is plain. */
    private int readValue(TickFields into, TickField field, int at) throws UnreadableTickException {
        if (at >= end) {
            return NOT_PLAIN;
        }
        byte first = bytes[at];
        if (first == 'n') {
            boolean isNull =
                    at + 4 <= end
                            && bytes[at + 1] == 'u'
                            && bytes[at + 2] == 'l'
                            && bytes[at + 3] == 'l';
            return isNull ? at + 4 : NOT_PLAIN;
        }
        if (field.type() != TickField.Type.TEXT) {
            return readNumber(into, field, at);
        }
        int textEnd = first == '"' ? closingQuote(at + 1) : NOT_PLAIN;
        if (textEnd == NOT_PLAIN) {
            return NOT_PLAIN;
        }
        into.setText(field, texts.get(bytes, at + 1, textEnd - at - 1));
        return textEnd + 1;
    }

    /**
     * Up to 18 digits whose value is at most 2^53 are one exact integer divided by one exact power
     * of ten, and IEEE division rounds correctly (W. D. Clinger, "How to Read Floating Point
     * Numbers Accurately", 1990).
     */
    private int readNumber(TickFields into, TickField field, int from)
            throws UnreadableTickException {
        boolean negative = bytes[from] == '-';
        int first = negative ? from + 1 : from;
        if (first == end) {
            return NOT_PLAIN;
        }
        long digits = 0;
        int point = NOT_PLAIN;
        int at = first;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
            } else if (bytes[at] == '.' && point == NOT_PLAIN && at > first) {
                point = at;
            } else {
                break;
            }
        }
        int wholeEnd = point == NOT_PLAIN ? at : point;
        int count = point == NOT_PLAIN ? at - first : at - first - 1;
        boolean isLeadingZero = bytes[first] == '0' && wholeEnd > first + 1;
        boolean isCutShort = count < 1 || point == at - 1 || at == end;
        // Of a whole number the parser loses the sign of zero.
        boolean isMinusZero = negative && digits == 0;
        if (isLeadingZero
                || isCutShort
                || isMinusZero
                || at - from > LONGEST_NUMBER
                || isMoreOfANumber(at)) {
            return NOT_PLAIN;
        }
        if (field.type() == TickField.Type.INTEGER) {
            if (point != NOT_PLAIN || count > SAFE_DIGITS) {
                return NOT_PLAIN;
            }
            into.setInteger(field, negative ? -digits : digits);
        } else if (count <= SAFE_DIGITS && digits <= EXACT) {
            double number = point == NOT_PLAIN ? digits : digits / POWERS_OF_TEN[at - point - 1];
            into.setNumber(field, negative ? -number : number);
        } else {
            String text = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
            into.setNumber(field, NumberInput.parseDouble(text, true));
        }
        return at;
    }

    private boolean isMoreOfANumber(int at) {
        return switch (bytes[at]) {
            case '.', 'e', 'E', '+', '-' -> true;
            default -> false;
        };
    }

    /** Where the text that starts there ends; escapes and what is not ASCII are not plain. */
    private int closingQuote(int from) {
        for (int at = from; at < end; at++) {
            byte c = bytes[at];
            if (c == '"') {
                return at;
            }
            if (c == '\\' || c < ' ') {
                return NOT_PLAIN;
            }
        }
        return NOT_PLAIN;
    }

    /** The place behind that character, if it comes next but for white space. */
    private int past(int from, char expected) {
        int at = visible(from);
        return at < end && bytes[at] == expected ? at + 1 : NOT_PLAIN;
    }

    /** The next place that is no white space. */
    private int visible(int from) {
        int at = from;
        while (at < end && isWhiteSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isWhiteSpace(byte c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
