package com.shivx.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * The last served prediction of a symbol.
 *
 * @param symbol the symbol
 * @param eventTimeMicros event time of the tick it answers, microseconds since the epoch
 * @param prediction the most probable class, or the status where there is none
 * @param confidence its probability; NaN where the model gives none
 * @param action what to do, BUY, HOLD or SELL; null where the class says nothing
 */
public record LatestPrediction(
        String symbol,
        long eventTimeMicros,
        String prediction,
        double confidence,
        @Nullable String action) {}
