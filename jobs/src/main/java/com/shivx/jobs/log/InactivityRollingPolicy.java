package com.shivx.jobs.log;

import java.time.Duration;
import org.apache.flink.streaming.api.functions.sink.filesystem.PartFileInfo;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.CheckpointRollingPolicy;

/**
 * Closes files with each checkpoint, and those of dates that nothing comes for any more before it:
 * a replay runs through years between two checkpoints, and would hold a file open for each date.
 */
final class InactivityRollingPolicy extends CheckpointRollingPolicy<LogEntry, String> {

    /** How often files are looked at, and how long one may be idle (clock time). */
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final long serialVersionUID = 1;

    @Override
    public boolean shouldRollOnEvent(PartFileInfo<String> file, LogEntry entry) {
        return false;
    }

    @Override
    public boolean shouldRollOnProcessingTime(PartFileInfo<String> file, long nowMillis) {
        return nowMillis - file.getLastUpdateTime() >= INTERVAL.toMillis();
    }
}
