package com.shivx.features;

import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;

/**
 * The values of a feature set for one symbol after one tick.
 *
 * @param vectorId function of symbol, kind, event time, sequence and feature set; the same tick
 *     gives the same id on every replay
 * @param symbol the tick's symbol
 * @param kind the tick's kind
 * @param eventTimeMicros the tick's event time, microseconds since the epoch
 * @param featureSetHash {@link FeatureSet#hash()} of the set that computed it
 * @param ready false while any feature is still warming up; its values must then not be used
 * @param values one value a feature, in the set's order; NaN where the input is missing. Length:
 *     the set's size
 */
public record FeatureVector(
        String vectorId,
        String symbol,
        TickKind kind,
        long eventTimeMicros,
        String featureSetHash,
        boolean ready,
        float[] values) {

    /**
     * {@code symbol~Q|T~eventTimeMicros~sequence~shortHash}; a tick without sequence has {@code r}
     * and its row in that place. A function of the tick and the feature set alone.
     */
    public static String idOf(Tick tick, String shortHash) {
        String kind =
                switch (tick.kind()) {
                    case QUOTE -> "~Q~";
                    case TRADE -> "~T~";
                };
        String place = tick.hasSequence() ? "~" : "~r";
        long number = tick.hasSequence() ? tick.sequence() : tick.row();
        return tick.symbol() + kind + tick.eventTimeMicros() + place + number + "~" + shortHash;
    }
}
