package com.shivx.bench.latency;

import com.shivx.bench.rig.Trial;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;

/**
 * What the measurement of latency is to do.
 *
 * @param flinkConf folder of {@code config.yaml}
 * @param options of the user, ours and Flink's
 * @param symbols how many the ticks are of
 * @param load share of the measured maximum that is fed
 * @param most how the maximum is measured
 * @param times of each run under load
 */
public record LatencyPlan(
        Path flinkConf,
        Configuration options,
        int symbols,
        double load,
        Trial.Times most,
        Trial.Times times) {

    public LatencyPlan {
        if (symbols < 1 || !(load > 0 && load <= 1)) {
            throw new IllegalArgumentException(
                    "latency is measured with symbols, and under a load above 0 and up to 1");
        }
    }
}
