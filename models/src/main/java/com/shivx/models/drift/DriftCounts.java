package com.shivx.models.drift;

import com.shivx.features.FeatureVector;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.Prediction;
import com.shivx.models.deployment.SymbolGlob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts vectors and predictions into panes of the deployed versions' windows. A vector counts for
 * every version of its feature set that is for its symbol; a prediction for its own version. What
 * is counted takes memory by columns, groups of symbols and open panes, not by rows.
 */
public final class DriftCounts {

    private static final Pane[] NO_PANES = {};

    private final int overlap;
    private final Map<String, Deployed> models = new TreeMap<>();

    /** Versions by what vectors count for, found anew when deployments change. */
    private final Map<String, List<Version>> byFeatureSet = new HashMap<>();

    /** A deployment and its versions that can be watched. */
    private record Deployed(
            WatchedDeployment deployment, SymbolGlob symbols, Map<String, Version> versions) {}

    /** An open pane of a version. */
    private record Pane(long startMicros, long endMicros, long lastMillis, DriftPart part) {}

    /** A version with its open panes: few, and mostly one. */
    private static final class Version {

        private final String model;
        private final String name;
        private final byte[] bytes;
        private final VersionReference reference;
        private final SymbolGlob symbols;
        private Pane[] open = NO_PANES;

        Version(
                String model,
                WatchedVersion watched,
                VersionReference reference,
                SymbolGlob symbols) {
            this.model = model;
            this.name = watched.version();
            this.bytes = watched.reference();
            this.reference = reference;
            this.symbols = symbols;
        }

        /** The pane of a row; null if a watermark has closed it. */
        @Nullable DriftPart at(long micros, long watermarkMillis) {
            for (Pane pane : open) {
                if (micros >= pane.startMicros && micros < pane.endMicros) {
                    return pane.part;
                }
            }
            long start = reference.windows().paneMicros(micros);
            long end = reference.windows().paneEndMicros(start);
            long last = DriftWindows.lastMillisBefore(end);
            if (last <= watermarkMillis) {
                return null;
            }
            DriftPart part = DriftPart.empty(model, name, start, end);
            Pane[] more = Arrays.copyOf(open, open.length + 1);
            more[open.length] = new Pane(start, end, last, part);
            open = more;
            return part;
        }

        void takeClosed(long watermarkMillis, List<DriftPart> into) {
            boolean isAny = false;
            for (Pane pane : open) {
                isAny |= pane.lastMillis <= watermarkMillis;
            }
            if (isAny) {
                List<Pane> left = new ArrayList<>();
                for (Pane pane : open) {
                    if (pane.lastMillis <= watermarkMillis) {
                        into.add(pane.part);
                    } else {
                        left.add(pane);
                    }
                }
                open = left.toArray(NO_PANES);
            }
        }
    }

    /**
     * Nothing yet.
     *
     * @param overlap in how many windows each row lies, as {@link DriftWindows} has it
     */
    public DriftCounts(int overlap) {
        this.overlap = overlap;
    }

    /**
     * A deployment comes into force.
     *
     * @return what must be sent on before another row is counted, the deployment itself included;
     *     nothing if a newer one is known
     */
    public List<DriftPart> watch(WatchedDeployment deployment) {
        Deployed before = models.get(deployment.model());
        if (before != null && before.deployment.generation() >= deployment.generation()) {
            return List.of();
        }
        List<DriftPart> parts = new ArrayList<>();
        if (before != null) {
            before.versions.values().forEach(version -> version.takeClosed(Long.MAX_VALUE, parts));
        }
        SymbolGlob symbols = new SymbolGlob(deployment.symbols());
        Map<String, Version> versions = new TreeMap<>();
        for (WatchedVersion watched : deployment.versions()) {
            Version known = before == null ? null : before.versions.get(watched.version());
            VersionReference reference =
                    known != null && known.bytes == watched.reference()
                            ? known.reference
                            : referenceOrNull(watched);
            if (reference != null) {
                versions.put(
                        watched.version(),
                        new Version(deployment.model(), watched, reference, symbols));
            }
        }
        models.put(deployment.model(), new Deployed(deployment, symbols, versions));
        index();
        parts.add(DriftPart.announcing(deployment));
        return parts;
    }

    /** Whoever judges it says why there is none. */
    private @Nullable VersionReference referenceOrNull(WatchedVersion watched) {
        try {
            return VersionReference.of(watched, overlap);
        } catch (ModelRefusedException e) {
            return null;
        }
    }

    private void index() {
        byFeatureSet.clear();
        for (Deployed deployed : models.values()) {
            for (WatchedVersion watched : deployed.deployment.versions()) {
                Version version = deployed.versions.get(watched.version());
                if (version != null) {
                    byFeatureSet
                            .computeIfAbsent(watched.featureSetHash(), first -> new ArrayList<>())
                            .add(version);
                }
            }
        }
    }

    /** What is in force, by model. */
    public Collection<WatchedDeployment> deployments() {
        return models.values().stream().map(Deployed::deployment).toList();
    }

    /**
     * Counts a vector; one that is not ready says nothing.
     *
     * @param watermarkMillis panes up to there are closed
     * @return for how many versions it came too late
     */
    public int count(FeatureVector vector, long watermarkMillis) {
        int late = 0;
        List<Version> versions = vector.ready() ? byFeatureSet.get(vector.featureSetHash()) : null;
        if (versions != null) {
            for (Version version : versions) {
                if (version.symbols.matches(vector.symbol())) {
                    DriftPart pane = version.at(vector.eventTimeMicros(), watermarkMillis);
                    if (pane == null) {
                        late++;
                    } else {
                        version.reference.count(vector, pane.inputs());
                    }
                }
            }
        }
        return late;
    }

    /**
     * Counts a prediction.
     *
     * @param watermarkMillis panes up to there are closed
     * @return 1 if it came too late, else 0
     */
    public int count(Prediction prediction, long watermarkMillis) {
        Deployed deployed = models.get(prediction.modelId());
        Version version =
                deployed == null ? null : deployed.versions.get(prediction.modelVersion());
        if (version == null) {
            return 0;
        }
        DriftPart pane = version.at(prediction.eventTimeMicros(), watermarkMillis);
        if (pane == null) {
            return 1;
        }
        version.reference.count(prediction, pane.answers());
        return 0;
    }

    /** Takes out the panes that a watermark closes. */
    public List<DriftPart> takeClosed(long watermarkMillis) {
        List<DriftPart> parts = new ArrayList<>();
        for (Deployed deployed : models.values()) {
            for (Version version : deployed.versions.values()) {
                version.takeClosed(watermarkMillis, parts);
            }
        }
        return parts;
    }

    /** Takes out every pane, closed or not: what comes later is another part of it. */
    public List<DriftPart> takeAll() {
        return takeClosed(Long.MAX_VALUE);
    }

    /** The open panes as they are, for a snapshot. */
    public List<DriftPart> open() {
        List<DriftPart> parts = new ArrayList<>();
        for (Deployed deployed : models.values()) {
            for (Version version : deployed.versions.values()) {
                for (Pane pane : version.open) {
                    parts.add(pane.part);
                }
            }
        }
        return parts;
    }
}
