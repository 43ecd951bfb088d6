package com.shivx.jobs.log;

/**
 * A record on its way to its file.
 *
 * @param partition the folder below the kind's, such as {@code event_date=2024-08-01}
 * @param datum its bytes by the kind's schema
 */
public record LogEntry(String partition, byte[] datum) {}
