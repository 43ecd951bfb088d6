package com.shivx.jobs.options;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * When an alarm is raised about how versions serve: what a machine does, whatever the market does,
 * and so by the clock.
 */
public final class ServingOptions {

    public static final ConfigOption<Duration> WINDOW =
            ConfigOptions.key("serving.window")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How long is judged together at least (clock time), and longer until there is enough of it:"
                                    + " 100 predictions for latency, 1,000 vectors for shares, 1,000 calls of each"
                                    + " version for inference time. A pause of the machine is over before.");

    public static final ConfigOption<Duration> LATENCY_P95 =
            ConfigOptions.key("serving.latency-p95")
                    .durationType()
                    .defaultValue(Duration.ofMillis(500))
                    .withDescription(
                            "An alarm LATENCY is raised when more than 5 % of a window's served predictions took longer,"
                                    + " from the write of their tick's record to Kafka until they were made (clock"
                                    + " time). Ticks that were written before the job was there do not count, and how"
                                    + " old their event time is does not matter. Half of the second that a checkpoint"
                                    + " may add.");

    public static final ConfigOption<Double> MAX_INVALID_SHARE =
            ConfigOptions.key("serving.max-invalid-share")
                    .doubleType()
                    .defaultValue(0.001)
                    .withDescription(
                            "Share of a version's answers that may be none, not finite or no probabilities, before an"
                                    + " alarm INVALID_OUTPUT is raised; a candidate of a rollout goes back for it at"
                                    + " once. A model that was trained on what it meets has no reason for any.");

    public static final ConfigOption<Double> MAX_ERROR_SHARE =
            ConfigOptions.key("serving.max-error-share")
                    .doubleType()
                    .defaultValue(0.01)
                    .withDescription(
                            "Share of vectors that a version may fail or time out before an alarm ERRORS is raised; a"
                                    + " candidate of a rollout goes back for it at once. More than one odd batch of a"
                                    + " minute.");

    public static final ConfigOption<Double> INFERENCE_RATIO =
            ConfigOptions.key("serving.inference-ratio")
                    .doubleType()
                    .defaultValue(2.0)
                    .withDescription(
                            "How many times as long as the champion's the slowest 1 % of a version's calls may take over"
                                    + " the same vectors, before an alarm INFERENCE_TIME is raised; a candidate of a"
                                    + " rollout goes back for it at once. Both are measured in the same batches, so"
                                    + " that what slows the machine slows both.");

    public static final ConfigOption<Duration> INFERENCE_FLOOR =
            ConfigOptions.key("serving.inference-floor")
                    .durationType()
                    .defaultValue(Duration.ofMillis(1))
                    .withDescription(
                            "Calls that take no longer are never too slow, whatever the champion's take: a vector waits"
                                    + " as long for others of its batch. A tree more must not cost a version its"
                                    + " rollout where both take microseconds.");

    public static final ConfigOption<Duration> COOLDOWN =
            ConfigOptions.key("serving.cooldown")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription(
                            "From one raising of an alarm of a version to the next at least (clock time), though it was"
                                    + " cleared in between. As for drift.");

    private ServingOptions() {}
}
