package com.shivx.cli.demo;

import com.shivx.cli.feed.Speed;
import com.shivx.cli.reconcile.ResultFiles;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What a demo does, all checked.
 *
 * @param options the application's options, without the broker's address
 * @param flinkConf folder of Flink's {@code config.yaml}
 * @param speed how fast ticks are fed
 * @param exitWhenDone whether it ends by itself when the input is scored
 * @param kafkaPort Kafka's port; 0 for any
 * @param uiPort the Web UI's port; null for 8081 or the next free one
 * @param json where the reconciliation is written for programs; null for nowhere
 * @param files where the records found are written; null for nowhere
 * @param story that it tells; null of files, which have one of their own
 */
public record DemoPlan(
        Configuration options,
        Path flinkConf,
        Speed speed,
        boolean exitWhenDone,
        int kafkaPort,
        @Nullable Integer uiPort,
        @Nullable Path json,
        @Nullable ResultFiles files,
        @Nullable StoryPlan story) {}
