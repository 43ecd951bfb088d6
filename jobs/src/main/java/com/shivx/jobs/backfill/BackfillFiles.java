package com.shivx.jobs.backfill;

import com.shivx.jobs.wire.DeadLetter;
import com.shivx.jobs.wire.DeadLetterJson;
import com.shivx.jobs.wire.SetAsideJson;
import com.shivx.operators.features.SetAside;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * The files a backfill leaves beside those of the log, each complete and written once.
 *
 * <pre>
 * set-aside/part-….jsonl      ticks that were not used, and why
 * dead-letters/part-….jsonl   rows that are no ticks, and why
 * </pre>
 */
public final class BackfillFiles {

    private static final byte[] LINE_END = {'\n'};

    private BackfillFiles() {}

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
                .withOutputFileConfig(OutputFileConfig.builder().withPartSuffix(".jsonl").build())
                .build();
    }
}
