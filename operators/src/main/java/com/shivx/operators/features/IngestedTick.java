package com.shivx.operators.features;

import com.shivx.features.tick.Tick;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A tick on its way in.
 *
 * @param tick the tick
 * @param writtenMillis when its record was written to Kafka, milliseconds since the epoch, or 0
 *     where it comes from elsewhere; for latency metrics only, no value depends on it
 */
@TypeInfo(IngestedTickTypeInfo.Factory.class)
public record IngestedTick(Tick tick, long writtenMillis) {}
