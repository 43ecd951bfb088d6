package com.shivx.models.registry;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A version of a registry, ready to be deployed. */
public final class ServingArtifact {

    private ServingArtifact() {}

    /**
     * Fetches it, with its checksums.
     *
     * @param flags what its files do not say, as it is with versions that others have logged
     */
    public static ModelArtifact fetch(
            ModelRegistry registry, ModelVersion version, ContractFlags flags)
            throws ModelRefusedException {
        try {
            Path folder = Files.createTempDirectory("shivx-version-");
            try {
                registry.download(version, folder);
                return ModelArtifact.read(
                        folder.resolve(ArtifactFile.MODEL.fileName()),
                        flags.named(version.model(), version.version().toString()));
            } finally {
                Folders.deleteAll(folder);
            }
        } catch (IOException e) {
            throw new RegistryException(
                    "%s cannot be downloaded to %s (%s); free some space there"
                            .formatted(
                                    version.id(),
                                    System.getProperty("java.io.tmpdir"),
                                    FileReasons.of(e)),
                    e);
        } catch (ModelRefusedException e) {
            throw e.of(version.id());
        }
    }
}
