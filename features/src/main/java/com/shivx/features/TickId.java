package com.shivx.features;

import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;

/**
 * What tells a tick from the others of its symbol, as the id of its vectors carries it.
 *
 * @param kind trade or quote
 * @param eventTimeMicros its own event time, microseconds since the epoch
 * @param sequenced whether its feed numbers its ticks
 * @param number its sequence, or else its row
 */
public record TickId(TickKind kind, long eventTimeMicros, boolean sequenced, long number) {

    private static final String ROW = "r";

    /** That of a tick. */
    public static TickId of(Tick tick) {
        return new TickId(
                tick.kind(),
                tick.eventTimeMicros(),
                tick.hasSequence(),
                tick.hasSequence() ? tick.sequence() : tick.row());
    }

    /**
     * That of the tick behind a vector.
     *
     * @param vectorId {@link FeatureVector#idOf} made it
     * @throws IllegalArgumentException if it did not
     */
    public static TickId ofVector(String vectorId) {
        // A symbol may hold whatever it likes; the four parts behind it hold no '~'.
        int hash = vectorId.lastIndexOf('~');
        int number = vectorId.lastIndexOf('~', hash - 1);
        int time = vectorId.lastIndexOf('~', number - 1);
        int kind = vectorId.lastIndexOf('~', time - 1);
        if (kind < 0) {
            throw unreadable(vectorId);
        }
        boolean row = vectorId.startsWith(ROW, number + 1);
        try {
            return new TickId(
                    kindOf(vectorId.substring(kind + 1, time), vectorId),
                    Long.parseLong(vectorId, time + 1, number, 10),
                    !row,
                    Long.parseLong(vectorId, number + (row ? 2 : 1), hash, 10));
        } catch (NumberFormatException e) {
            throw unreadable(vectorId);
        }
    }

    private static TickKind kindOf(String letter, String vectorId) {
        return switch (letter) {
            case "Q" -> TickKind.QUOTE;
            case "T" -> TickKind.TRADE;
            default -> throw unreadable(vectorId);
        };
    }

    private static IllegalArgumentException unreadable(String vectorId) {
        return new IllegalArgumentException(
                "'%s' is no vector id: it is symbol~Q|T~event time~sequence~feature set"
                        .formatted(vectorId));
    }
}
