package com.shivx.jobs;

import com.shivx.jobs.ingest.IngestingDeserializer;
import com.shivx.jobs.ingest.SplitIngestedFunction;
import com.shivx.jobs.ingest.SplitRecordsFunction;
import com.shivx.jobs.kafka.DeadLetterRecords;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.log.LogEntry;
import com.shivx.jobs.log.LogFiles;
import com.shivx.jobs.log.LogIngested;
import com.shivx.jobs.log.LogKind;
import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.options.LogOptions;
import com.shivx.jobs.wire.DeadLetter;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What Kafka keeps for days, for training to read in a year: committed records of {@code features},
 * {@code predictions} and {@code outcomes} → Avro files by event date, each record in one file
 * once. {@link LogFiles} says how they lie, and why they are Avro.
 *
 * <p>A file is closed with a checkpoint and committed with the next message about it, so
 * checkpoints are rarer than other jobs' ({@code log.checkpoint-interval}), and what several of
 * them have left of one date is merged ({@code log.merge-checkpoints}).
 *
 * <p>Exactly once is what checkpoints and savepoints give. A job that is started without either
 * goes on from its group's offsets, and what the last one wrote but had not committed stays behind
 * under names that nobody reads.
 *
 * <p>Arguments: {@code [--config URI]… [-D key=value]…}, see {@link JobArguments}.
 */
public final class LogJob {

    /** The job's name in the Web UI. */
    public static final String NAME = "ShivX log";

    /** The job's name in consumer groups and on dead letters. */
    public static final String GROUP = "log";

    private LogJob() {}

    /**
     * What the topology gives.
     *
     * @param entries what is for the files, by kind
     * @param deadLetters records that could not be read
     */
    public record Outputs(
            Map<LogKind, DataStream<LogEntry>> entries, DataStream<DeadLetter> deadLetters) {}

    /** Submits the job to the cluster it is run on. */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, JobArguments.parse(env.getConfiguration(), args));
        env.execute(NAME);
    }

    /**
     * The whole job with its ends. Refuses options that cannot work before anything is submitted.
     */
    public static void build(StreamExecutionEnvironment env, Configuration options) {
        Path log = LogOptions.requireOutput(options);
        int mergeCheckpoints = LogOptions.requireMergeCheckpoints(options);
        JobEnvironment.prepare(env, withRarerCheckpoints(options));
        env.setParallelism(LogOptions.requireParallelism(options));
        KafkaEnds kafka = new KafkaEnds(options, GROUP);

        Map<LogKind, DataStream<LogIngested>> topics = new EnumMap<>(LogKind.class);
        for (LogKind kind : LogKind.values()) {
            topics.put(
                    kind,
                    env.fromSource(
                                    kafka.records(kind.topic(), reader(kind)),
                                    WatermarkStrategy.noWatermarks(),
                                    kind.topic().defaultName(),
                                    TypeInformation.of(LogIngested.class))
                            .uid(kind.folder() + "-log-source"));
        }
        Outputs outputs = define(topics);
        outputs.entries()
                .forEach(
                        (kind, entries) ->
                                entries.sinkTo(sink(log, kind, mergeCheckpoints))
                                        .name("Files of " + kind.folder())
                                        .uid(kind.folder() + "-log-sink"));
        outputs.deadLetters()
                .sinkTo(kafka.sink("log-dead-letters-sink", new DeadLetterRecords(options)))
                .name("Dead letters")
                .uid("log-dead-letters-sink");
    }

    /** The topology between its ends: what topics gave → entries by kind, and dead letters. */
    public static Outputs define(Map<LogKind, DataStream<LogIngested>> topics) {
        Map<LogKind, DataStream<LogEntry>> entries = new EnumMap<>(LogKind.class);
        DataStream<DeadLetter> deadLetters = null;
        for (Map.Entry<LogKind, DataStream<LogIngested>> topic : topics.entrySet()) {
            LogKind kind = topic.getKey();
            SingleOutputStreamOperator<LogEntry> apart =
                    topic.getValue()
                            .process(new SplitRecordsFunction<>(LogEntry.class))
                            .name("Dead letters apart from " + kind.folder())
                            .uid(kind.folder() + "-log-apart");
            entries.put(kind, apart);
            DataStream<DeadLetter> dead = apart.getSideOutput(SplitIngestedFunction.DEAD_LETTERS);
            deadLetters = deadLetters == null ? dead : deadLetters.union(dead);
        }
        if (deadLetters == null) {
            throw new IllegalArgumentException("no topic is given: a log is of one at least");
        }
        return new Outputs(entries, deadLetters);
    }

    /**
     * Records are written anew, not copied, so that a file holds one schema and nothing that cannot
     * be read.
     */
    private static KafkaRecordDeserializationSchema<LogIngested> reader(LogKind kind) {
        return new IngestingDeserializer<>(
                LogIngested.class, () -> kind.records()::toEntry, LogIngested::new, GROUP);
    }

    private static FileSink<LogEntry> sink(Path log, LogKind kind, int mergeCheckpoints) {
        return mergeCheckpoints == 0
                ? LogFiles.sink(log, kind)
                : LogFiles.mergingSink(log, kind, mergeCheckpoints);
    }

    /** Unless the arguments give Flink's own key. */
    private static Configuration withRarerCheckpoints(Configuration options) {
        Configuration all = new Configuration();
        all.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL,
                options.get(LogOptions.CHECKPOINT_INTERVAL));
        all.addAll(options);
        return all;
    }
}
