package com.shivx.jobs.backfill;

import com.shivx.operators.features.TickVector;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/** Puts a vector into the folder of its event date in UTC: {@code event_date=2014-05-01}. */
final class EventDateBucketAssigner implements BucketAssigner<TickVector, String> {

    private static final long serialVersionUID = 1;

    @Override
    public String getBucketId(TickVector element, Context context) {
        Instant time = Instant.EPOCH.plus(element.vector().eventTimeMicros(), ChronoUnit.MICROS);
        return "event_date=" + time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
        return SimpleVersionedStringSerializer.INSTANCE;
    }
}
