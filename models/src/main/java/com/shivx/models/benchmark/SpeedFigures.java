package com.shivx.models.benchmark;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How fast a model was, by the names that its version's {@code metrics.json} keeps it under. */
public final class SpeedFigures {

    private SpeedFigures() {}

    /**
     * {@code PREFIXload_nanos}, and of each number of rows {@code PREFIXrows_N.rows_per_second},
     * {@code p50_nanos} and {@code p99_nanos}. They are of the machine that measured them.
     *
     * @param prefix such as {@code benchmark.}
     */
    public static Map<String, Double> of(String prefix, ModelSpeed speed) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(prefix + "load_nanos", (double) speed.loadNanos());
        for (BatchSpeed batch : speed.batches()) {
            String name = String.format(Locale.ROOT, "%srows_%d.", prefix, batch.rows());
            figures.put(name + "rows_per_second", batch.rowsPerSecond());
            figures.put(name + "p50_nanos", (double) batch.p50Nanos());
            figures.put(name + "p99_nanos", (double) batch.p99Nanos());
        }
        return figures;
    }
}
