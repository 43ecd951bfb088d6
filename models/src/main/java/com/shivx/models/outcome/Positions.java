package com.shivx.models.outcome;

import com.shivx.features.label.Label;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;

/**
 * What acting on predictions makes: one position a symbol, version and horizon at a time, held to
 * the horizon's end; while it is open, no other is opened.
 */
final class Positions {

    /**
     * What the position makes that the prediction opens, in basis points; NaN if it opens none.
     * Predictions of a version are asked for in the order of their time.
     */
    double pnlBps(Expected expected, Label label, SymbolOutcomes symbol) {
        Prediction prediction = expected.prediction();
        Action action = prediction.action();
        if (prediction.status() != PredictionStatus.OK
                || action == null
                || action == Action.HOLD
                || isOpen(expected, symbol)) {
            return Double.NaN;
        }
        symbol.head.positions.put(key(expected), expected.dueMicros());
        return action == Action.BUY ? label.buyBps() : label.sellBps();
    }

    /** Positions that ended before are no obstacle to anything that may still come. */
    void forget(long micros, SymbolOutcomes symbol) {
        symbol.head.positions.values().removeIf(end -> end < micros);
    }

    private static boolean isOpen(Expected expected, SymbolOutcomes symbol) {
        Long end = symbol.head.positions.get(key(expected));
        return end != null && expected.prediction().eventTimeMicros() < end;
    }

    private static String key(Expected expected) {
        return Expected.versionKey(expected.prediction(), expected.horizonMicros());
    }
}
