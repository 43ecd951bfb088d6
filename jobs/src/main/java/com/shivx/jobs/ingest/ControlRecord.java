package com.shivx.jobs.ingest;

import org.jspecify.annotations.Nullable;

/**
 * A record of a control topic as it came, not yet read.
 *
 * @param key the record's key, or null
 * @param value the record's value, or null
 * @param topic where it came from
 * @param partition its partition
 * @param offset its offset
 */
public record ControlRecord(
        byte @Nullable [] key, byte @Nullable [] value, String topic, int partition, long offset) {}
