package com.shivx.bench.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;

/**
 * What the comparison of pipelines is to do.
 *
 * @param flinkConf folder of {@code config.yaml}
 * @param options of the user, ours and Flink's
 * @param variants those to run
 * @param symbols how many the ticks are of
 * @param warmUp of each run, not measured
 * @param time measured of each run, at least
 * @param repeats runs of each variant
 * @param checkpointInterval of every job
 */
public record PipelinePlan(
        Path flinkConf,
        Configuration options,
        Set<Variant> variants,
        int symbols,
        Duration warmUp,
        Duration time,
        int repeats,
        Duration checkpointInterval) {

    /** Every job's partners have to be worth a comparison. */
    public PipelinePlan {
        if (variants.isEmpty() || symbols < 1 || repeats < 1 || time.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "a comparison needs variants, symbols, repeats and time, each at least one");
        }
    }

    /** Flink's settings of it. */
    Map<String, String> settings() {
        return Map.of("execution.checkpointing.interval", checkpointInterval.toMillis() + " ms");
    }
}
