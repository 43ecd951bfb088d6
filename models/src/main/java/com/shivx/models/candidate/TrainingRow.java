package com.shivx.models.candidate;

import com.shivx.features.label.Direction;

/**
 * One vector with what happened after it. Travels between operators.
 *
 * @param symbol whose it is
 * @param eventTimeMicros of the vector, microseconds since the epoch
 * @param place where the vector stands among those of its symbol
 * @param values the whole vector of the feature set; NaN where missing
 * @param direction where the price went
 * @param buyBps what buying made, in basis points; NaN if that is not known
 * @param sellBps what selling made
 */
public record TrainingRow(
        String symbol,
        long eventTimeMicros,
        long place,
        float[] values,
        Direction direction,
        double buyBps,
        double sellBps) {}
