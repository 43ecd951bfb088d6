package com.shivx.jobs.options;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Where the control service listens, and how patient it is with trainings. */
public final class ControlOptions {

    public static final ConfigOption<String> ADDRESS =
            ConfigOptions.key("control.address")
                    .stringType()
                    .defaultValue("127.0.0.1")
                    .withDescription(
                            "Address that the control service's HTTP API listens on. It asks nobody who they are: open it"
                                    + " to others (0.0.0.0) only behind something that does.");

    public static final ConfigOption<Integer> PORT =
            ConfigOptions.key("control.port")
                    .intType()
                    .defaultValue(8090)
                    .withDescription("Port of that API; 0 for any that is free.");

    public static final ConfigOption<Integer> MAX_ATTEMPTS =
            ConfigOptions.key("control.training.max-attempts")
                    .intType()
                    .defaultValue(6)
                    .withDescription(
                            "How often a requested training is tried before it is given up, and the next may be requested.");

    public static final ConfigOption<Duration> FIRST_BACKOFF =
            ConfigOptions.key("control.training.first-backoff")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How long the second attempt waits; doubled before each further one. Slots become free and"
                                    + " registries come back within a minute.");

    public static final ConfigOption<Duration> MAX_BACKOFF =
            ConfigOptions.key("control.training.max-backoff")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription("The longest wait between two attempts.");

    public static final ConfigOption<Duration> START_TIMEOUT =
            ConfigOptions.key("control.training.start-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(2))
                    .withDescription(
                            "How long a training may wait for a slot before it is called off and tried again later. Flink"
                                    + " itself gives up after slot.request.timeout, 5 min.");

    public static final ConfigOption<Duration> RUN_TIMEOUT =
            ConfigOptions.key("control.training.run-timeout")
                    .durationType()
                    .defaultValue(Duration.ofHours(6))
                    .withDescription("How long a training may run before it is called off.");

    public static final ConfigOption<Duration> LOST_TIMEOUT =
            ConfigOptions.key("control.training.lost-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long the cluster may give no answer before a training is taken for lost. A JobManager that"
                                    + " is started anew is back within that.");

    public static final ConfigOption<Duration> FOLLOW_INTERVAL =
            ConfigOptions.key("control.follow-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How often the control service looks at the registry's aliases: each look is a few requests a model.");

    private ControlOptions() {}
}
