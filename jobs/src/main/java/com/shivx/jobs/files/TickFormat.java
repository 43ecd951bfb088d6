package com.shivx.jobs.files;

import com.shivx.features.tick.TickKind;
import com.shivx.jobs.wire.TickField;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The formats of tick files; each may be packed as .gz or .zip. */
public enum TickFormat {
    /** Binance trades, as hftbacktest's recorder writes them: CSV with a header, microseconds. */
    BINANCE_TRADES(
            "binance-trades",
            new CsvLayout(
                    TickKind.TRADE,
                    true,
                    Map.of(
                            "recv_ts_us", TickField.RECEIVED_MICROS,
                            "event_ts_us", TickField.EVENT_TIME_MICROS,
                            "symbol", TickField.SYMBOL,
                            "trade_id", TickField.SEQUENCE,
                            "price", TickField.PRICE,
                            "size", TickField.SIZE,
                            "aggressor", TickField.AGGRESSOR),
                    Set.of("recv_ts_us", "event_ts_us", "trade_id", "price", "size"))),

    /** Binance top-of-book quotes of the same recorder; without exchange time for spot. */
    BINANCE_QUOTES(
            "binance-quotes",
            new CsvLayout(
                    TickKind.QUOTE,
                    true,
                    Map.of(
                            "recv_ts_us", TickField.RECEIVED_MICROS,
                            "event_ts_us", TickField.EVENT_TIME_MICROS,
                            "symbol", TickField.SYMBOL,
                            "update_id", TickField.SEQUENCE,
                            "bid_price", TickField.BID_PRICE,
                            "bid_size", TickField.BID_SIZE,
                            "ask_price", TickField.ASK_PRICE,
                            "ask_size", TickField.ASK_SIZE),
                    Set.of("recv_ts_us", "event_ts_us", "update_id", "bid_price", "ask_price"))),

    /**
     * A broker's quotes of one pair and day: {@code BROKER-ticks/YYYYMMDD_quote.zip}, CSV without a
     * header: milliseconds since midnight, which may be fractional, bid, ask.
     */
    BROKER_QUOTES("broker-quotes", null),

    /** Our own CSV: the wire's field names as header, in any order. */
    CSV(
            "csv",
            new CsvLayout(
                    null,
                    false,
                    Stream.of(TickField.values())
                            .collect(Collectors.toMap(TickField::wireName, Function.identity())),
                    Set.of("kind", "event_time_micros"))),

    /** Our own JSON, one object a line, as on the topic {@code ticks}. */
    JSON_LINES("jsonl", null);

    private final String optionName;
    private final @Nullable CsvLayout layout;

    TickFormat(String optionName, @Nullable CsvLayout layout) {
        this.optionName = optionName;
        this.layout = layout;
    }

    /**
     * The format of that name.
     *
     * @throws IllegalArgumentException with the names there are
     */
    public static TickFormat byName(String name) {
        for (TickFormat format : values()) {
            if (format.optionName.equals(name)) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "No format of tick files is named '" + name + "'; there are " + names());
    }

    /** The names of all formats, for messages. */
    public static String names() {
        return Stream.of(values()).map(TickFormat::optionName).collect(Collectors.joining(", "));
    }

    /** The name by which an option asks for it. */
    public String optionName() {
        return optionName;
    }

    /** What its columns mean; null where it has no header. */
    @Nullable CsvLayout layout() {
        return layout;
    }
}
