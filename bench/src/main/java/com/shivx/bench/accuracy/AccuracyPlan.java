package com.shivx.bench.accuracy;

import com.shivx.bench.rig.Trial;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;

/**
 * What the measurement of accuracy is to do.
 *
 * @param flinkConf folder of {@code config.yaml}
 * @param options of the user, ours and Flink's
 * @param symbols how many the ticks are of
 * @param repeats runs of each job
 * @param times of each run
 */
public record AccuracyPlan(
        Path flinkConf, Configuration options, int symbols, int repeats, Trial.Times times) {

    public AccuracyPlan {
        if (symbols < 1 || repeats < 1) {
            throw new IllegalArgumentException(
                    "a measurement needs symbols and repeats, each at least one");
        }
    }
}
