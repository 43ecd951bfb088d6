package com.shivx.jobs.testing;

import com.shivx.features.FeatureVector;
import com.shivx.models.Role;
import com.shivx.models.artifact.ReferenceFile;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.drift.WatchedVersion;
import com.shivx.models.testing.DirectionModels;
import com.shivx.models.testing.DirectionReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Versions of {@link DirectionModels}, each with its reference in a folder of its own. */
public final class MeasuredVersions {

    private final Path folder;
    private final long windowMicros;
    private final List<FeatureVector> past;
    private final Map<String, ModelArtifact> artifacts = new LinkedHashMap<>();
    private final List<WatchedVersion> watched = new ArrayList<>();

    /**
     * None yet.
     *
     * @param windowMicros length of the windows that they are watched in
     * @param past what they are measured on
     */
    public MeasuredVersions(Path folder, long windowMicros, List<FeatureVector> past) {
        this.folder = folder;
        this.windowMicros = windowMicros;
        this.past = past;
    }

    /** One that {@linkplain DirectionModels#following follows} prices by that weight. */
    public ModelRef write(String version, float weight) throws Exception {
        byte[] model = DirectionModels.following(version, weight);
        ModelArtifact artifact = ModelArtifact.of(model);
        byte[] reference =
                DirectionReference.of(windowMicros, past, Scoring.predictionsOf(artifact, past));
        artifacts.put(version, artifact);
        watched.add(
                new WatchedVersion(
                        version,
                        Role.CHAMPION,
                        past.get(0).featureSetHash(),
                        reference,
                        Map.of(),
                        null));
        Path place = Files.createDirectories(folder.resolve(version));
        Files.write(place.resolve(ReferenceFile.FILE_NAME), reference);
        return DirectionModels.write(place, version, model);
    }

    /** As they are scored by, by version. */
    public Map<String, ModelArtifact> artifacts() {
        return artifacts;
    }

    /** As they are watched, in the order in which they were written. */
    public WatchedDeployment watched() {
        return new WatchedDeployment(
                DirectionModels.MODEL, 1, Deployment.ALL_SYMBOLS, List.copyOf(watched));
    }
}
