package com.shivx.models.drift;

import com.shivx.drift.live.WindowCounts;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of a stretch of event time for a version, or that a deployment is in force from
 * now on. Places that count send one for each pane, which is a window where these do not overlap;
 * counts add up, in any order.
 *
 * @param model the model line
 * @param announced the deployment; null of counts
 * @param version the semantic version; empty of a deployment
 * @param windowStartMicros first microsecond of the stretch; 0 of a deployment
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

    /** A stretch of which nothing is counted yet. */
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

    /** Adds what was counted of the same stretch or of a part of it, and leaves that as it is. */
    public void add(DriftPart other) {
        inputs.add(other.inputs);
        answers.add(other.answers);
    }

    /**
     * The sum of two that begin together, as long as the longer: where windows overlapped otherwise
     * before a restart, panes had another length.
     */
    public DriftPart plus(DriftPart other) {
        DriftPart sum =
                empty(
                        model,
                        version,
                        windowStartMicros,
                        Math.max(windowEndMicros, other.windowEndMicros));
        sum.add(this);
        sum.add(other);
        return sum;
    }

    /** Whether it lies in another's stretch. */
    public boolean isWithin(DriftPart other) {
        return windowStartMicros >= other.windowStartMicros
                && windowEndMicros <= other.windowEndMicros;
    }

    /** Vectors and predictions. */
    public long rows() {
        return inputs.rows() + answers.rows();
    }

    /** A watermark of as much closes it. */
    public long lastMillis() {
        return DriftWindows.lastMillisBefore(windowEndMicros);
    }
}
