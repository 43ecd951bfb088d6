package com.shivx.jobs;

import com.shivx.jobs.options.JobOptions;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The execution environment every job runs in. A cluster's own settings hold; where it has none,
 * the job brings those without which it would be wrong (checkpoints, or nothing is ever committed)
 * or could not be restored later.
 */
public final class JobEnvironment {

    /**
     * Settings of Flink a job needs, each used only where neither the cluster nor the arguments say
     * otherwise.
     */
    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "execution.checkpointing.interval", "1 s",
                    "execution.checkpointing.mode", "EXACTLY_ONCE",
                    "execution.checkpointing.externalized-checkpoint-retention",
                            "RETAIN_ON_CANCELLATION",
                    "execution.buffer-timeout.interval", "5 ms",
                    "state.backend.type", "rocksdb",
                    "execution.checkpointing.incremental", "true");

    /** Settings no one may change: state written under others could not be restored under these. */
    private static final Map<String, String> FIXED =
            Map.of(
                    "pipeline.auto-generate-uids", "false",
                    "pipeline.generic-types", "false",
                    "pipeline.max-parallelism", "1024",
                    "pipeline.object-reuse", "true");

    private JobEnvironment() {}

    /**
     * Brings the settings a job needs into an environment; those among {@code options} that are
     * Flink's win over the cluster's.
     */
    public static StreamExecutionEnvironment prepare(
            StreamExecutionEnvironment env, Configuration options) {
        ReadableConfig cluster = env.getConfiguration();
        Configuration settings = new Configuration();
        Map<String, String> present = cluster.toMap();
        DEFAULTS.forEach(
                (key, value) -> {
                    if (!present.containsKey(key)) {
                        settings.setString(key, value);
                    }
                });
        options.toMap()
                .forEach(
                        (key, value) -> {
                            if (!JobOptions.isOurs(key)) {
                                settings.setString(key, value);
                            }
                        });
        FIXED.forEach(settings::setString);
        env.configure(settings);
        return env;
    }
}
