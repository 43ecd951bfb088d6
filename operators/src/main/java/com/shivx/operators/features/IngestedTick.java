package com.shivx.operators.features;

import com.shivx.features.tick.Tick;

/**
 * A tick on its way in.
 *
 * @param tick the tick
 * @param writtenMillis when its record was written to Kafka, milliseconds since the epoch, or 0
 *     where it comes from elsewhere; for latency metrics only, no value depends on it
 */
public record IngestedTick(Tick tick, long writtenMillis) {}
