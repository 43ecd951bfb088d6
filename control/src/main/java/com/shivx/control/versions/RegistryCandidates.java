package com.shivx.control.versions;

import com.shivx.control.training.Candidates;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.MeasuredFiles;
import com.shivx.models.registry.ModelFolder;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.VersionName;

/**
 * Versions of a registry, and the folder that jobs take models from.
 *
 * @param folder where versions are put
 */
public record RegistryCandidates(ModelRegistry registry, ModelFolder folder) implements Candidates {

    @Override
    public String champion(String model, ModelRef serving) {
        boolean isRegistered =
                registry.models().contains(model)
                        && SemanticVersion.isOne(serving.version())
                        && registry.model(model)
                                .version(SemanticVersion.parse(serving.version()))
                                .filter(version -> isOf(version, serving.sha256()))
                                .isPresent();
        return isRegistered ? model + "@" + serving.version() : serving.uri();
    }

    /** Another file may serve under a version of the same name. */
    static boolean isOf(ModelVersion version, String sha256) {
        return version.files().stream()
                .anyMatch(
                        file -> file.file() == ArtifactFile.MODEL && file.sha256().equals(sha256));
    }

    @Override
    public ModelRef place(String model, String version) throws ModelRefusedException {
        return placed(
                registry,
                registry.resolve(new VersionName(model, SemanticVersion.parse(version), null)),
                folder);
    }

    static ModelRef placed(ModelRegistry registry, ModelVersion version, ModelFolder folder)
            throws ModelRefusedException {
        ModelArtifact artifact = registry.artifact(version);
        return new ModelRef(
                artifact.contract().version(),
                folder.place(artifact, MeasuredFiles.of(registry.files(version))).uri().toString(),
                artifact.sha256());
    }
}
