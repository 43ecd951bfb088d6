package com.shivx.jobs.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.shivx.models.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object written into bytes that are used again for the next, for the values that are
 * written by the hundred thousand a second; the same bytes as the generator of {@link Json} writes
 * (a test holds it to that), but for characters beyond 16 bits, at a fraction of its cost. Not safe
 * between threads.
 */
final class JsonText {

    private static final byte[] NULL = encoded("null");
    private static final byte[] TRUE = encoded("true");
    private static final byte[] FALSE = encoded("false");
    private static final byte[] SMALLEST_LONG = encoded(Long.toString(Long.MIN_VALUE));

    private byte[] bytes;
    private int length;

    JsonText(int initialBytes) {
        bytes = new byte[initialBytes];
    }

    /** A name with its quotes and colon, and the comma before it unless it is the first. */
    static byte[] name(String name, boolean isFirst) {
        return encoded((isFirst ? "" : ",") + '"' + name + "\":");
    }

    /** Forgets what was written. */
    JsonText reset() {
        length = 0;
        return this;
    }

    /** A copy of what was written. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Where the next byte goes. */
    int length() {
        return length;
    }

    /** Bytes as they are. */
    JsonText raw(byte[] part) {
        reserve(part.length);
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
        return this;
    }

    /** What was written from there to there once more. */
    JsonText again(int from, int to) {
        reserve(to - from);
        System.arraycopy(bytes, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    JsonText raw(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** A quoted text, or null. */
    JsonText text(@Nullable String text) {
        return text == null ? raw(NULL) : raw('"').inner(text).raw('"');
    }

    /** A text that stands between quotes of the caller's. */
    JsonText inner(String text) {
        int count = text.length();
        reserve(count);
        byte[] target = bytes;
        int at = length;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                length = at + i;
                return rest(text.substring(i));
            }
            target[at + i] = (byte) c;
        }
        length = at + count;
        return this;
    }

    private JsonText rest(String text) {
        return raw(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    }

    JsonText number(long value) {
        if (value == Long.MIN_VALUE) {
            return raw(SMALLEST_LONG);
        }
        reserve(SMALLEST_LONG.length);
        long left = value;
        if (left < 0) {
            bytes[length++] = '-';
            left = -left;
        }
        int digits = digits(left);
        for (int at = length + digits - 1; at >= length; at--) {
            long tenth = left / 10;
            bytes[at] = (byte) ('0' + (left - tenth * 10));
            left = tenth;
        }
        length += digits;
        return this;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long bound = 10; digits < 19 && value >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }

    /** A float as the shortest text that reads back as it; NaN and infinities are null. */
    static String textOf(float value) {
        return Float.isFinite(value) ? NumberOutput.toString(value, true) : "null";
    }

    /** A text of ASCII characters as it is, without quotes. */
    JsonText ascii(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) text.charAt(i);
        }
        length += count;
        return this;
    }

    JsonText number(float value) {
        return ascii(textOf(value));
    }

    JsonText bool(boolean value) {
        return raw(value ? TRUE : FALSE);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    private static byte[] encoded(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
