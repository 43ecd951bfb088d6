package com.shivx.jobs.log;

import java.io.OutputStream;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.file.sink.compactor.FileCompactStrategy;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;

/**
 * The files of a log, each complete and written once, whether a job that follows topics wrote it or
 * a backfill.
 *
 * <pre>
 * features/feature_set=market-v1/event_date=2024-08-01/part-….avro   vectors as on the topic
 * predictions/event_date=2024-08-01/part-….avro
 * outcomes/event_date=2024-08-01/part-….avro                         by the date of the prediction
 * </pre>
 *
 * <p>Dates are of event time, in UTC. A name that begins with a dot is of a file that is being
 * written, or is not committed, or waits to be merged; nobody reads it.
 *
 * <p>The files are Avro and not Parquet, since Parquet would put Hadoop on a job's class path:
 * flink-parquet 2.3.0 writes through parquet-avro and parquet-hadoop 1.15.2, and there, as in
 * 1.17.0, a writer cannot be compiled without Hadoop's classes, and cannot be run without them but
 * uncompressed: the codecs for Snappy, Zstandard and gzip, and the default data model, end in a
 * NoClassDefFoundError of {@code org.apache.hadoop.conf}. In Avro a vector has the very bytes that
 * it has on the topic, files are merged by copying their blocks, and Python reads them with
 * fastavro.
 */
public final class LogFiles {

    static final String SUFFIX = ".avro";

    /** What readers like to have at once; a file this long is not merged with others. */
    private static final MemorySize ENOUGH = MemorySize.ofMebiBytes(128);

    private LogFiles() {}

    /** Entries of a kind, in files that each checkpoint closes. */
    public static FileSink<LogEntry> sink(Path log, LogKind kind) {
        // Said outright, so that what waits in the state of a job that merged is still committed.
        return builder(log, kind).disableCompact().build();
    }

    /**
     * The same, merged: a file of a date is there for readers after so many checkpoints, or earlier
     * when there is enough for one.
     */
    public static FileSink<LogEntry> mergingSink(Path log, LogKind kind, int checkpoints) {
        return builder(log, kind)
                .enableCompact(
                        FileCompactStrategy.Builder.newBuilder()
                                .enableCompactionOnCheckpoint(checkpoints)
                                .setSizeThreshold(ENOUGH.getBytes())
                                .build(),
                        new LogFileCompactor(kind))
                .build();
    }

    /** One file, whose stream is its opener's to close. */
    public static BulkWriter<LogEntry> writer(LogKind kind, OutputStream out) {
        return new LogFileWriter(kind.records().codec().schema(), out);
    }

    private static FileSink.BulkFormatBuilder<LogEntry, ?> builder(Path log, LogKind kind) {
        return FileSink.forBulkFormat(new Path(log, kind.folder()), out -> writer(kind, out))
                .withBucketAssigner(new PartitionBucketAssigner())
                .withRollingPolicy(new InactivityRollingPolicy())
                .withBucketCheckInterval(InactivityRollingPolicy.INTERVAL.toMillis())
                .withOutputFileConfig(OutputFileConfig.builder().withPartSuffix(SUFFIX).build());
    }
}
