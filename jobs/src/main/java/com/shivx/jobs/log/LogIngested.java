package com.shivx.jobs.log;

import com.shivx.jobs.wire.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * What one record of a topic became: an entry or a dead letter, exactly one of them.
 *
 * @param entry the entry, or null
 * @param deadLetter what could not become one, or null
 */
public record LogIngested(@Nullable LogEntry entry, @Nullable DeadLetter deadLetter) {}
