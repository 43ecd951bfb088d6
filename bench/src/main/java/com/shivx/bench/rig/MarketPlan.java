package com.shivx.bench.rig;

import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;

/**
 * What the measurement of a job on the topics of a market is to do.
 *
 * @param flinkConf folder of {@code config.yaml}
 * @param options of the user, ours and Flink's
 * @param symbols how many the ticks are of
 * @param repeats runs of each job
 * @param times of each run
 */
public record MarketPlan(
        Path flinkConf, Configuration options, int symbols, int repeats, Trial.Times times) {

    public MarketPlan {
        if (symbols < 1 || repeats < 1) {
            throw new IllegalArgumentException(
                    "a measurement needs symbols and repeats, each at least one");
        }
    }

    /** The user's options, with others where he has not said otherwise. */
    public Configuration optionsBefore(Configuration others) {
        Configuration both = new Configuration(others);
        both.addAll(options);
        return both;
    }
}
