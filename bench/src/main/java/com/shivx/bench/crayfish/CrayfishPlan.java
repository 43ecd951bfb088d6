package com.shivx.bench.crayfish;

import com.shivx.bench.rig.Trial;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;

/**
 * What the Crayfish comparison is to do.
 *
 * @param flinkConf folder of {@code config.yaml}
 * @param options of the user, ours and Flink's
 * @param repeats runs
 * @param times of each run
 */
public record CrayfishPlan(Path flinkConf, Configuration options, int repeats, Trial.Times times) {

    public CrayfishPlan {
        if (repeats < 1) {
            throw new IllegalArgumentException("at least one run, not " + repeats);
        }
    }
}
