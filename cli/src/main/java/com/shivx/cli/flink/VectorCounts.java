package com.shivx.cli.flink;

import com.shivx.control.flink.FlinkRest;
import java.util.Map;
import java.util.Set;

/**
 * How many vectors a job has computed since its tasks were last started, as it says itself.
 *
 * @param ready vectors that could be scored
 * @param notReady vectors in which a feature was still warming up
 */
public record VectorCounts(long ready, long notReady) {

    private static final String READY = "vectorsReady";
    private static final String NOT_READY = "vectorsNotReady";

    static VectorCounts of(FlinkRest flink, String jobId) {
        Map<String, Long> counts = flink.counters(jobId, Set.of(READY, NOT_READY));
        return new VectorCounts(counts.getOrDefault(READY, 0L), counts.getOrDefault(NOT_READY, 0L));
    }
}
