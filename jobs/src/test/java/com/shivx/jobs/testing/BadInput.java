package com.shivx.jobs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.shivx.features.tick.Tick;
import java.util.ArrayList;
import java.util.List;

/**
 * Something a feed may send in place of a tick.
 *
 * @param becomes the reason under which it is to be found in {@code dead-letters} or {@code
 *     set-aside}
 * @param value what is sent
 */
public record BadInput(String becomes, byte[] value) {

    private static final long YEAR_MICROS = 365L * 24 * 3600 * 1_000_000;
    private static final long IN_2999 = 32_472_144_000_000_000L;

    /** One of each kind, none with a line end in it, at the time of a good tick of a symbol. */
    public static List<BadInput> kinds(Tick good) {
        String time = String.valueOf(good.eventTimeMicros());
        String symbol = good.symbol();
        String quote = quote(symbol, time, "1", "2");
        List<BadInput> kinds = new ArrayList<>();

        add(kinds, "EMPTY", "", " \t ");
        add(
                kinds,
                "NOT_JSON",
                "not json",
                quote.substring(0, quote.length() / 2),
                quote + " and more",
                quote + quote,
                quote.replace("}", ",\"symbol\":\"other\"}"),
                quote(symbol, time, "NaN", "2"),
                quote(symbol, time, "1", "Infinity"));
        add(
                kinds,
                "WRONG_TYPE",
                "[" + quote + "]",
                "17",
                quote(symbol, time, "\"1\"", "2"),
                quote(symbol, time, "true", "2"),
                quote(symbol, time, "{\"a\":[]}", "2"),
                quote(symbol, "\"now\"", "1", "2"),
                quote(symbol, time + ".5", "1", "2"),
                quote(symbol, "1" + "0".repeat(30), "1", "2"),
                quote("S".repeat(10_000), time, "1", "2"),
                quote("S\\u001b[2J", time, "1", "2"),
                quote(symbol, time, "1", "2").replace('"' + symbol + '"', "7"));
        add(kinds, "UNKNOWN_KIND", quote.replace("QUOTE", "BAR"));
        add(
                kinds,
                "MISSING_FIELD",
                "{}",
                quote("", time, "1", "2"),
                quote(symbol, time, "null", "2"));
        add(
                kinds,
                "TOO_LARGE",
                "x".repeat(10_000_000),
                quote.replace("}", ",\"note\":" + "[".repeat(20_000)),
                quote(symbol, time, "9".repeat(5_000), "2"));
        kinds.add(
                new BadInput(
                        "NOT_TEXT", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, (byte) 0xff}));
        kinds.add(new BadInput("NOT_TEXT", new byte[] {'{', (byte) 0xc0, (byte) 0x80, '}'}));

        add(
                kinds,
                "BAD_PRICE",
                quote(symbol, time, "\"NaN\"", "2"),
                quote(symbol, time, "1", "\"Infinity\""),
                quote(symbol, time, "\"-Infinity\"", "2"),
                quote(symbol, time, "1", "1e999"),
                quote(symbol, time, "-1", "2"),
                quote(symbol, time, "0", "2"));
        add(kinds, "BAD_SIZE", quote.replace("\"bid_size\":1", "\"bid_size\":0"));
        add(kinds, "CROSSED", quote(symbol, time, "3", "2"));
        add(kinds, "OUT_OF_ORDER", quote(symbol, "0", "1", "2"), quote(symbol, "-5", "1", "2"));
        add(
                kinds,
                "FUTURE",
                quote(symbol, String.valueOf(IN_2999), "1", "2"),
                quote(symbol, String.valueOf(good.eventTimeMicros() + YEAR_MICROS), "1", "2"));
        return kinds;
    }

    /** A tick behind a mark of byte order, with fields that ticks do not have: odd, and good. */
    public static byte[] oddButGood(byte[] json) {
        String text = new String(json, UTF_8);
        return ("\ufeff " + text.replace("}", ",\"x\":{\"symbol\":[null]},\"Symbol\":1e9} "))
                .getBytes(UTF_8);
    }

    private static void add(List<BadInput> kinds, String becomes, String... values) {
        for (String value : values) {
            kinds.add(new BadInput(becomes, value.getBytes(UTF_8)));
        }
    }

    private static String quote(String symbol, String time, String bid, String ask) {
        return ("{'symbol':'%s','kind':'QUOTE','event_time_micros':%s,"
                        + "'bid_price':%s,'bid_size':1,'ask_price':%s,'ask_size':1}")
                .replace('\'', '"')
                .formatted(symbol, time, bid, ask);
    }
}
