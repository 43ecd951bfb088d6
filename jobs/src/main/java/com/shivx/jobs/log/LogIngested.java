package com.shivx.jobs.log;

import com.shivx.jobs.ingest.IngestedRecord;
import com.shivx.jobs.wire.DeadLetter;
import org.jspecify.annotations.Nullable;

/** What one record of a topic became that is logged. */
public record LogIngested(@Nullable LogEntry value, @Nullable DeadLetter deadLetter)
        implements IngestedRecord<LogEntry> {}
