package com.shivx.jobs.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a tick on the wire, in the order they are written: JSON's names and our CSV's
 * header.
 */
public enum TickField {
    SYMBOL(
            "symbol",
            Type.TEXT,
            "name the instrument in up to 255 characters, such as \"spot:BTCUSDT\""),
    KIND("kind", Type.TEXT, "write \"TRADE\" or \"QUOTE\""),
    EVENT_TIME_MICROS("event_time_micros", Type.INTEGER, Remedy.MICROS),
    RECEIVED_MICROS("received_micros", Type.INTEGER, Remedy.MICROS),
    SEQUENCE("sequence", Type.INTEGER, "write an integer of 64 bits, or leave it out"),
    ROW("row", Type.INTEGER, "write an integer from 0, or leave it out"),
    PRICE("price", Type.NUMBER, Remedy.NUMBER),
    SIZE("size", Type.NUMBER, Remedy.NUMBER),
    AGGRESSOR("aggressor", Type.TEXT, "write \"BUY\" or \"SELL\", or leave it out"),
    BID_PRICE("bid_price", Type.NUMBER, Remedy.NUMBER),
    BID_SIZE("bid_size", Type.NUMBER, Remedy.NUMBER),
    ASK_PRICE("ask_price", Type.NUMBER, Remedy.NUMBER),
    ASK_SIZE("ask_size", Type.NUMBER, Remedy.NUMBER);

    /** What a field holds. */
    public enum Type {
        /** A string. */
        TEXT,
        /** An integer of 64 bits, written without point or exponent. */
        INTEGER,
        /** A double, or one of the strings "NaN", "Infinity", "-Infinity". */
        NUMBER
    }

    private static final Map<String, TickField> BY_WIRE_NAME =
            Stream.of(values()).collect(Collectors.toMap(TickField::wireName, Function.identity()));

    /** By the length of their names, of which few share one. */
    private static final TickField[][] BY_NAME_LENGTH = byNameLength();

    private final String wireName;
    private final byte[] wireNameAscii;
    private final Type type;
    private final String remedy;

    TickField(String wireName, Type type, String remedy) {
        this.wireName = wireName;
        this.wireNameAscii = wireName.getBytes(StandardCharsets.US_ASCII);
        this.type = type;
        this.remedy = remedy;
    }

    /** The field of that name, or null where a tick has none such. */
    public static @Nullable TickField byWireName(String name) {
        return BY_WIRE_NAME.get(name);
    }

    /** The field of the name that stands there, or null where a tick has none such. */
    static @Nullable TickField byWireName(byte[] bytes, int from, int to) {
        if (to - from < BY_NAME_LENGTH.length) {
            for (TickField field : BY_NAME_LENGTH[to - from]) {
                byte[] name = field.wireNameAscii;
                if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
                    return field;
                }
            }
        }
        return null;
    }

    private static TickField[][] byNameLength() {
        int longest =
                Stream.of(values()).mapToInt(field -> field.wireName.length()).max().orElse(0);
        TickField[][] fields = new TickField[longest + 1][];
        for (int i = 0; i <= longest; i++) {
            int length = i;
            fields[i] =
                    Stream.of(values())
                            .filter(field -> field.wireName.length() == length)
                            .toArray(TickField[]::new);
        }
        return fields;
    }

    /** The name in JSON, CSV and SQL. */
    public String wireName() {
        return wireName;
    }

    /** What it holds. */
    public Type type() {
        return type;
    }

    /** What to do where it is missing or wrong. */
    public String remedy() {
        return remedy;
    }

    private static final class Remedy {
        private static final String MICROS =
                "write microseconds since the epoch as an integer of 64 bits";
        private static final String NUMBER =
                "write a number, or \"NaN\", \"Infinity\" or \"-Infinity\"";
    }
}
