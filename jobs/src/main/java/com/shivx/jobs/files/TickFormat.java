package com.shivx.jobs.files;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The formats of tick files; each may be packed as .gz or .zip. */
public enum TickFormat {
    /** Binance trades, as hftbacktest's recorder writes them: CSV with a header, microseconds. */
    BINANCE_TRADES("binance-trades"),

    /** Binance top-of-book quotes of the same recorder; without exchange time for spot. */
    BINANCE_QUOTES("binance-quotes"),

    /**
     * A broker's quotes of one pair and day: {@code BROKER-ticks/YYYYMMDD_quote.zip}, CSV without a
     * header: milliseconds since midnight, which may be fractional, bid, ask.
     */
    BROKER_QUOTES("broker-quotes"),

    /** Our own CSV: the wire's field names as header, in any order. */
    CSV("csv"),

    /** Our own JSON, one object a line, as on the topic {@code ticks}. */
    JSON_LINES("jsonl");

    private final String optionName;

    TickFormat(String optionName) {
        this.optionName = optionName;
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
        return switch (this) {
            case BINANCE_TRADES -> CsvLayout.BINANCE_TRADES;
            case BINANCE_QUOTES -> CsvLayout.BINANCE_QUOTES;
            case CSV -> CsvLayout.OURS;
            case BROKER_QUOTES, JSON_LINES -> null;
        };
    }
}
