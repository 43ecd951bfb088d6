package com.shivx.models.serving;

import java.util.HashMap;
import java.util.Map;

/**
 * What is remembered of how a model line serves. Its all-zero self has served nothing. Public
 * fields, because it lives in checkpoints.
 */
public final class ServingState {

    /** Of the newest deployment that any place serves. */
    public long generation;

    /** Its champion; empty before the first part. */
    public String champion = "";

    /** Latencies since they were judged last. */
    public LatencyWindow latencies = new LatencyWindow();

    /** 95 % quantile of the window that was judged last, milliseconds; NaN before the first. */
    public double latencyP95Millis = Double.NaN;

    /** Predictions are late. */
    public StandingAlarm latency = new StandingAlarm();

    /** What the newest deployment has, by version. */
    public Map<String, VersionServing> versions = new HashMap<>();
}
