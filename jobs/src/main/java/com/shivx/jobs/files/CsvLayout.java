package com.shivx.jobs.files;

import com.shivx.features.tick.TickKind;
import com.shivx.jobs.wire.TickField;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a kind of CSV mean; columns that are not named are ignored.
 *
 * @param kind kind of every row; null where a column tells
 * @param mayLackExchangeTime whether rows may have a time of reception only
 * @param columns fields by name of column
 * @param required columns without which a header is another's, besides that of the symbol
 */
record CsvLayout(
        @Nullable TickKind kind,
        boolean mayLackExchangeTime,
        Map<String, TickField> columns,
        Set<String> required) {

    static final CsvLayout BINANCE_TRADES =
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
                    Set.of("recv_ts_us", "event_ts_us", "trade_id", "price", "size"));

    static final CsvLayout BINANCE_QUOTES =
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
                    Set.of("recv_ts_us", "event_ts_us", "update_id", "bid_price", "ask_price"));

    /** The wire's names. */
    static final CsvLayout OURS =
            new CsvLayout(
                    null,
                    false,
                    Stream.of(TickField.values())
                            .collect(Collectors.toMap(TickField::wireName, Function.identity())),
                    Set.of("kind", "event_time_micros"));

    /** How many columns of a header mean something. */
    long known(List<String> header) {
        return header.stream().filter(columns::containsKey).count();
    }

    /** What is wrong with a header; null where nothing is. */
    @Nullable String problem(List<String> header, boolean symbolIsGiven) {
        Set<String> missing = new TreeSet<>(required);
        if (!symbolIsGiven) {
            missing.add(TickField.SYMBOL.wireName());
        }
        missing.removeAll(header);
        if (!missing.isEmpty()) {
            return "its header lacks " + String.join(", ", missing);
        }
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (!seen.add(column) && columns.containsKey(column)) {
                return "its header names " + column + " twice";
            }
        }
        return null;
    }
}
