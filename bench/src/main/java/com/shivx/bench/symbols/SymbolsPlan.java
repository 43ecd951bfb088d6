package com.shivx.bench.symbols;

import com.shivx.bench.rig.Trial;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/**
 * What the comparison of numbers of symbols is to do.
 *
 * @param flinkConf folder of {@code config.yaml}
 * @param options of the user, ours and Flink's
 * @param counts numbers of symbols, rising
 * @param repeats runs of each
 * @param times of each run
 */
public record SymbolsPlan(
        Path flinkConf,
        Configuration options,
        List<Integer> counts,
        int repeats,
        Trial.Times times) {

    public SymbolsPlan {
        counts = counts.stream().sorted().distinct().toList();
        if (counts.isEmpty() || counts.get(0) < 1 || repeats < 1) {
            throw new IllegalArgumentException(
                    "a comparison needs numbers of symbols and repeats, each at least one");
        }
    }
}
