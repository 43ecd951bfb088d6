package com.shivx.jobs.options;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** How ticks are read and how event time is told from them. */
public final class IngestOptions {

    public static final ConfigOption<MemorySize> MAX_RECORD_SIZE =
            ConfigOptions.key("ingest.max-record-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(1).divide(16))
                    .withDescription(
                            "A larger record is a dead letter (TOO_LARGE) and is not parsed. A tick has about 200"
                                    + " bytes; 64 KiB is what a dead letter keeps of it.");

    public static final ConfigOption<Duration> IDLE_AFTER =
            ConfigOptions.key("ingest.idle-after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "A partition silent for so long (clock time) no longer holds event time back for the"
                                    + " others.");

    public static final ConfigOption<Duration> PREDICTIONS_DISORDER =
            ConfigOptions.key("ingest.predictions.disorder")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How far a prediction or a vector may come behind others of its partition (event time)."
                                    + " Subtasks of scoring write to a partition side by side, and where ticks have"
                                    + " waited, as after a restart, one is seconds ahead of the other. Windows of"
                                    + " accuracy and drift are told so much later; what comes later still is not"
                                    + " counted in them.");

    public static final ConfigOption<Duration> ALIGNMENT_MAX_DRIFT =
            ConfigOptions.key("ingest.alignment.max-drift")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "A partition further ahead of the slowest one (event time) is not read until the others"
                                    + " catch up, so that a replay does not pile up state for the one that lags. It"
                                    + " also bounds how fast a replay of a quiet market is: in an update interval"
                                    + " event time goes on by a small multiple of it. 0 switches it off.");

    public static final ConfigOption<Duration> ALIGNMENT_INTERVAL =
            ConfigOptions.key("ingest.alignment.update-interval")
                    .durationType()
                    .defaultValue(Duration.ofMillis(200))
                    .withDescription(
                            "How often the partitions compare event times (clock time). Shorter keeps a fast replay"
                                    + " closer together and costs messages to the JobManager.");

    private IngestOptions() {}
}
