package com.shivx.bench.pipeline;

import com.shivx.bench.rig.Trial;
import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.configuration.Configuration;

/**
 * What the comparison of pipelines is to do.
 *
 * @param flinkConf folder of {@code config.yaml}
 * @param options of the user, ours and Flink's
 * @param variants those to run
 * @param symbols how many the ticks are of
 * @param repeats runs of each variant
 * @param times of each run
 */
public record PipelinePlan(
        Path flinkConf,
        Configuration options,
        Set<Variant> variants,
        int symbols,
        int repeats,
        Trial.Times times) {

    public PipelinePlan {
        if (variants.isEmpty() || symbols < 1 || repeats < 1) {
            throw new IllegalArgumentException(
                    "a comparison needs variants, symbols and repeats, each at least one");
        }
    }
}
