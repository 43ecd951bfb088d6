package com.shivx.jobs.backfill;

import com.shivx.jobs.wire.DeadLetter;
import com.shivx.jobs.wire.DeadLetterJson;
import com.shivx.jobs.wire.SetAsideJson;
import com.shivx.operators.features.SetAside;
import com.shivx.operators.features.TickVector;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * The files a backfill leaves, each complete and written once.
 *
 * <pre>
 * features/event_date=2014-05-01/part-….avro   vectors as on the topic, by event date in UTC
 * set-aside/part-….jsonl                       ticks that were not used, and why
 * dead-letters/part-….jsonl                    rows that are no ticks, and why
 * </pre>
 */
public final class BackfillFiles {

    private static final byte[] LINE_END = {'\n'};

    private BackfillFiles() {}

    /** Vectors. */
    public static FileSink<TickVector> features(Path folder) {
        return FileSink.forBulkFormat(new Path(folder, "features"), FeatureFileWriter::new)
                .withBucketAssigner(new EventDateBucketAssigner())
                .withOutputFileConfig(suffix(".avro"))
                .build();
    }

    /** Ticks that were not used. */
    public static FileSink<SetAside> setAside(Path folder) {
        return lines(
                new Path(folder, "set-aside"),
                (setAside, out) ->
                        writeLine(
                                new SetAsideJson().write(setAside.tick(), setAside.reason()), out));
    }

    /** Rows that are no ticks. */
    public static FileSink<DeadLetter> deadLetters(Path folder) {
        return lines(
                new Path(folder, "dead-letters"),
                (deadLetter, out) -> writeLine(DeadLetterJson.write(deadLetter), out));
    }

    private static void writeLine(byte[] line, OutputStream out) throws IOException {
        out.write(line);
        out.write(LINE_END);
    }

    private static <T> FileSink<T> lines(Path folder, Encoder<T> encoder) {
        return FileSink.forRowFormat(folder, encoder)
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .withOutputFileConfig(suffix(".jsonl"))
                .build();
    }

    private static OutputFileConfig suffix(String suffix) {
        return OutputFileConfig.builder().withPartSuffix(suffix).build();
    }
}
