package com.shivx.bench.scoring;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;

/**
 * What the comparison of scoring is to do.
 *
 * @param flinkConf folder of {@code config.yaml}
 * @param options of the user, ours and Flink's; {@code scoring.max-batch-size} is the batch
 * @param round how long each of the two scores before the other does
 * @param rounds of each, one more to warm up aside
 */
public record ScoringPlan(Path flinkConf, Configuration options, Duration round, int rounds) {

    public ScoringPlan {
        if (round.toMillis() < 1 || rounds < 1) {
            throw new IllegalArgumentException(
                    "scoring takes rounds of at least a millisecond, at least one of them");
        }
    }
}
