package com.shivx.models.benchmark;

import java.util.List;

/**
 * How fast and how large a model is.
 *
 * @param name what it was called in the benchmark
 * @param bytes of its file
 * @param loadNanos time to open it and to try it as before it serves
 * @param batches its speed at each number of rows
 */
public record ModelSpeed(String name, long bytes, long loadNanos, List<BatchSpeed> batches) {

    public ModelSpeed {
        batches = List.copyOf(batches);
    }
}
