package com.shivx.bench.swap;

import com.shivx.bench.rig.Trial;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;

/**
 * What the measurement of swaps is to do.
 *
 * @param flinkConf folder of {@code config.yaml}
 * @param options of the user, ours and Flink's
 * @param symbols how many the ticks are of
 * @param perSecond ticks that are fed
 * @param swaps how many
 * @param times of the run without swaps, which tells what is normal
 */
public record SwapPlan(
        Path flinkConf,
        Configuration options,
        int symbols,
        int perSecond,
        int swaps,
        Trial.Times times) {

    public SwapPlan {
        if (symbols < 1 || perSecond < 1 || perSecond > 1_000_000 || swaps < 1) {
            throw new IllegalArgumentException(
                    "swaps are measured with symbols, swaps and 1 to 1,000,000 ticks a second");
        }
    }
}
