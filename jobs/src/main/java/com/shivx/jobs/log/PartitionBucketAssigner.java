package com.shivx.jobs.log;

import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/** Puts an entry where it says. */
final class PartitionBucketAssigner implements BucketAssigner<LogEntry, String> {

    private static final long serialVersionUID = 1;

    @Override
    public String getBucketId(LogEntry entry, Context context) {
        return entry.partition();
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
        return SimpleVersionedStringSerializer.INSTANCE;
    }
}
