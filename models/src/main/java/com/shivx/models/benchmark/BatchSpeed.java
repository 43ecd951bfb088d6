package com.shivx.models.benchmark;

/**
 * How fast a model scores so many rows at once, their way into its buffers and out of them
 * included.
 *
 * @param rows rows asked for at once
 * @param callRows rows of each call of the runtime: more where they are padded to a size that the
 *     model has, fewer where its batch is fixed or bounded
 * @param times how often they were asked for while it was measured
 * @param rowsPerSecond rows asked for, by the time it took
 * @param p50Nanos median of the time for all of them, to 1/64
 * @param p99Nanos what 99 % of the times do not exceed, to 1/64
 */
public record BatchSpeed(
        int rows, int callRows, long times, double rowsPerSecond, long p50Nanos, long p99Nanos) {}
