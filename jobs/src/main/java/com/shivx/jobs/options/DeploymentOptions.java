package com.shivx.jobs.options;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** What tells one running system from another. */
public final class DeploymentOptions {

    public static final ConfigOption<String> NAME =
            ConfigOptions.key("deployment.name")
                    .stringType()
                    .defaultValue("shivx")
                    .withDescription(
                            "Begins consumer groups and transactional ids. Keep it over restarts and rollovers; never"
                                    + " give it to two systems on one broker, or they end each other's transactions.");

    private DeploymentOptions() {}
}
