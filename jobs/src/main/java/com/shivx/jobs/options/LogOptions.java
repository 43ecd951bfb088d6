package com.shivx.jobs.options;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.Path;

/** Where the log lies, and in how large pieces. */
public final class LogOptions {

    public static final ConfigOption<String> OUTPUT =
            ConfigOptions.key("log.output")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder or URI of the log: features/feature_set=NAME/event_date=YYYY-MM-DD/*.avro,"
                                    + " predictions/event_date=YYYY-MM-DD/*.avro and outcomes alike. Required; 'run log' in this process"
                                    + " takes .shivx/log/files of the project. Every TaskManager must reach it.");

    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            ConfigOptions.key("log.checkpoint-interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "Time between two checkpoints of the log job (clock time); each closes its files. Nobody"
                                    + " waits for them, and files a minute apart are few enough to be merged."
                                    + " execution.checkpointing.interval among the job's arguments wins.");

    public static final ConfigOption<Integer> MERGE_CHECKPOINTS =
            ConfigOptions.key("log.merge-checkpoints")
                    .intType()
                    .defaultValue(10)
                    .withDescription(
                            "Checkpoints after which what they have left of one date becomes one file that readers see;"
                                    + " 128 MiB are enough for one earlier. Ten minutes: 144 files a date and kind,"
                                    + " not 1,440. 0: no merging, a file a checkpoint and subtask.");

    public static final ConfigOption<Integer> PARALLELISM =
            ConfigOptions.key("log.parallelism")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "Subtasks of the log job. Nobody waits for it, so one is enough until it no longer keeps up"
                                    + " with the topics: consumer lag of the group <deployment.name>-log.");

    private LogOptions() {}

    /** The log's folder. */
    public static Path requireOutput(ReadableConfig options) {
        String output = options.getOptional(OUTPUT).orElse("");
        if (output.isBlank()) {
            throw new IllegalArgumentException(
                    "option %s is missing; name the folder that receives the files"
                            .formatted(OUTPUT.key()));
        }
        return new Path(output);
    }

    /** How many checkpoints are merged; 0 for none. */
    public static int requireMergeCheckpoints(ReadableConfig options) {
        return requireAtLeast(options, MERGE_CHECKPOINTS, 0);
    }

    /** How many subtasks there are. */
    public static int requireParallelism(ReadableConfig options) {
        return requireAtLeast(options, PARALLELISM, 1);
    }

    private static int requireAtLeast(
            ReadableConfig options, ConfigOption<Integer> option, int least) {
        int value = options.get(option);
        if (value < least) {
            throw new IllegalArgumentException(
                    "option %s is %d; write %d or more".formatted(option.key(), value, least));
        }
        return value;
    }
}
