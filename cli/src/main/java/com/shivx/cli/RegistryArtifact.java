package com.shivx.cli;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Folders;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A version of a registry, ready to be deployed. */
final class RegistryArtifact {

    private RegistryArtifact() {}

    /**
     * Fetches it, with its checksums.
     *
     * @param flags what its files do not say, as it is with versions that others have logged
     */
    static ModelArtifact fetch(ModelRegistry registry, ModelVersion version, ContractFlags flags)
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
            throw new CommandException(
                    "%s cannot be downloaded to %s (%s); free some space there"
                            .formatted(
                                    version.id(),
                                    System.getProperty("java.io.tmpdir"),
                                    Reasons.of(e)),
                    e);
        } catch (ModelRefusedException e) {
            throw e.of(version.id());
        }
    }
}
