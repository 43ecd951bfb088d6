package com.shivx.jobs.testing;

import com.shivx.drift.live.DriftRules;
import com.shivx.features.FeatureVector;
import com.shivx.models.Prediction;
import com.shivx.models.Role;
import com.shivx.models.drift.DriftCounts;
import com.shivx.models.drift.DriftPart;
import com.shivx.models.drift.DriftReport;
import com.shivx.models.drift.DriftWatch;
import com.shivx.models.drift.VersionDrift;
import com.shivx.models.drift.VersionReference;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.drift.WatchedVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Drift reports as one thread without Flink or Kafka makes them of rows. */
public final class ReplayedDrift {

    private final WatchedDeployment deployment;
    private final DriftWatch watch = new DriftWatch(DriftRules.SHIPPED, 0);
    private final Map<String, VersionReference> references = new HashMap<>();
    private final Map<String, VersionDrift> states = new HashMap<>();
    private final Map<String, DriftPart> windows = new HashMap<>();

    /** Of the versions of a deployment that is in force all the time. */
    public ReplayedDrift(
            WatchedDeployment deployment, List<FeatureVector> vectors, List<Prediction> predictions)
            throws Exception {
        this.deployment = deployment;
        DriftCounts counts = new DriftCounts(1);
        counts.watch(deployment);
        vectors.forEach(vector -> counts.count(vector, Long.MIN_VALUE));
        predictions.forEach(prediction -> counts.count(prediction, Long.MIN_VALUE));
        for (DriftPart part : counts.takeAll()) {
            windows.put(key(part.version(), part.windowStartMicros()), part);
        }
        for (WatchedVersion version : deployment.versions()) {
            references.put(version.version(), VersionReference.of(version, 1));
            states.put(version.version(), new VersionDrift());
        }
    }

    /**
     * The report of a window; ask for those of a version in their order.
     *
     * @param role that the version is told to play
     * @param generation of the deployment that is told to say so
     */
    public DriftReport next(String version, long windowStartMicros, Role role, long generation) {
        VersionReference reference = references.get(version);
        VersionDrift state = states.get(version);
        state.role = role;
        state.generation = generation;
        DriftPart window = windows.remove(key(version, windowStartMicros));
        return watch.judge(
                        reference,
                        window != null
                                ? window
                                : DriftPart.empty(
                                        deployment.model(),
                                        version,
                                        windowStartMicros,
                                        reference.windows().endMicros(windowStartMicros)),
                        state)
                .reports()
                .get(0);
    }

    private static String key(String version, long windowStartMicros) {
        return version + " " + windowStartMicros;
    }
}
