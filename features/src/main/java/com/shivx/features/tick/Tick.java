package com.shivx.features.tick;

import org.jspecify.annotations.Nullable;

/**
 * One trade or one top-of-book quote of one symbol, as its feed reported it; nothing is checked
 * here, {@link TickQuality} decides what may be used.
 *
 * @param symbol the instrument, with its venue where several are mixed ({@code spot:BTCUSDT})
 * @param kind trade or quote; decides which of the other fields mean something
 * @param eventTimeMicros when it happened, microseconds since the epoch, on the symbol's one clock
 * @param receivedMicros when it was received, microseconds since the epoch; equals the event time
 *     where the feed does not say
 * @param sequence the feed's number of this tick within its symbol and kind, or {@link
 *     #NO_SEQUENCE}
 * @param row where a tick without sequence stands: row of its file or offset in its partition, or
 *     {@link #NO_ROW}; tells ticks apart and is never a reason to drop one
 * @param price trade price in quote currency; NaN for a quote or where missing
 * @param size trade size in the venue's unit; NaN for a quote or where missing
 * @param aggressor the side that took liquidity; null for a quote or where unknown
 * @param bidPrice best bid; NaN for a trade or where missing
 * @param bidSize size at the best bid; NaN for a trade or where missing
 * @param askPrice best ask; NaN for a trade or where missing
 * @param askSize size at the best ask; NaN for a trade or where missing
 */
public record Tick(
        String symbol,
        TickKind kind,
        long eventTimeMicros,
        long receivedMicros,
        long sequence,
        long row,
        double price,
        double size,
        @Nullable Aggressor aggressor,
        double bidPrice,
        double bidSize,
        double askPrice,
        double askSize) {

    /** The sequence of a tick whose feed numbers nothing. */
    public static final long NO_SEQUENCE = Long.MIN_VALUE;

    /** The row of a tick that has a sequence, or that came from nowhere in particular. */
    public static final long NO_ROW = -1;

    /** A trade; a missing size is NaN. */
    public static Tick trade(
            String symbol,
            long eventTimeMicros,
            long receivedMicros,
            long sequence,
            double price,
            double size,
            @Nullable Aggressor aggressor) {
        return new Tick(
                symbol,
                TickKind.TRADE,
                eventTimeMicros,
                receivedMicros,
                sequence,
                NO_ROW,
                price,
                size,
                aggressor,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN);
    }

    /** A top-of-book quote; missing sizes are NaN. */
    public static Tick quote(
            String symbol,
            long eventTimeMicros,
            long receivedMicros,
            long sequence,
            double bidPrice,
            double bidSize,
            double askPrice,
            double askSize) {
        return new Tick(
                symbol,
                TickKind.QUOTE,
                eventTimeMicros,
                receivedMicros,
                sequence,
                NO_ROW,
                Double.NaN,
                Double.NaN,
                null,
                bidPrice,
                bidSize,
                askPrice,
                askSize);
    }

    /** The same tick at a known place in its file or partition. */
    public Tick atRow(long newRow) {
        return new Tick(
                symbol,
                kind,
                eventTimeMicros,
                receivedMicros,
                sequence,
                newRow,
                price,
                size,
                aggressor,
                bidPrice,
                bidSize,
                askPrice,
                askSize);
    }

    /** Whether the feed numbers its ticks. */
    public boolean hasSequence() {
        return sequence != NO_SEQUENCE;
    }

    /** Half-way between bid and ask; NaN for a trade. */
    public double mid() {
        return (bidPrice + askPrice) / 2;
    }
}
