package com.shivx.models.drift;

import com.shivx.drift.live.WindowCounts;
import org.jspecify.annotations.Nullable;

/**
 * What one place has counted of a version's window, or that a deployment is in force from now on.
 * Counts of the same window add up, in any order.
 *
 * @param model the model line
 * @param announced the deployment; null of counts
 * @param version the semantic version; empty of a deployment
 * @param windowStartMicros first microsecond of the window; 0 of a deployment
 * @param windowEndMicros first microsecond after it; 0 of a deployment
 * @param inputs of feature vectors
 * @param answers of predictions
 */
public record DriftPart(
        String model,
        @Nullable WatchedDeployment announced,
        String version,
        long windowStartMicros,
        long windowEndMicros,
        WindowCounts inputs,
        WindowCounts answers) {

    /** A deployment. */
    public static DriftPart announcing(WatchedDeployment deployment) {
        return new DriftPart(
                deployment.model(), deployment, "", 0, 0, new WindowCounts(), new WindowCounts());
    }

    /** A window of which nothing is counted yet. */
    public static DriftPart empty(String model, String version, long startMicros, long endMicros) {
        return new DriftPart(
                model,
                null,
                version,
                startMicros,
                endMicros,
                new WindowCounts(),
                new WindowCounts());
    }

    /** Adds what another place has counted of the same window, and leaves that as it is. */
    public void add(DriftPart other) {
        inputs.add(other.inputs);
        answers.add(other.answers);
    }

    /** Vectors and predictions. */
    public long rows() {
        return inputs.rows() + answers.rows();
    }

    /** A watermark of as much closes the window. */
    public long lastMillis() {
        return DriftWindows.lastMillisBefore(windowEndMicros);
    }
}
