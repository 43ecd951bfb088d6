package com.shivx.operators.drift;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.Role;
import com.shivx.models.artifact.NamedNumbers;
import com.shivx.models.artifact.ReferenceFile;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.drift.VersionReference;
import com.shivx.models.drift.WatchedDeployment;
import com.shivx.models.drift.WatchedVersion;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.operators.artifact.ModelFiles;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the versions of a deployment are compared with: {@code reference.json} and {@code
 * importance.json} beside their ONNX files, whose checksums and contracts say which versions they
 * really are. A version without, or with one that is of no use, is one that cannot be watched, for
 * a reason that is told; never an error.
 *
 * @param allowedUris folders that they may come from
 * @param store folder where models are kept by checksum; null for none
 * @param overlap in how many windows each row is to lie
 */
public record References(List<String> allowedUris, @Nullable String store, int overlap)
        implements Serializable {

    public References {
        allowedUris = List.copyOf(allowedUris);
    }

    /** Of all versions of a deployment; takes as long as their file systems do. */
    public WatchedDeployment of(Deployment deployment) {
        return of(deployment, List.of());
    }

    /**
     * The same where some of its files travel with the job.
     *
     * @param artifacts those files
     */
    public WatchedDeployment of(Deployment deployment, List<ModelArtifact> artifacts) {
        ModelFiles files = new ModelFiles(allowedUris, store, artifacts);
        List<WatchedVersion> versions = new ArrayList<>();
        for (Map.Entry<ModelRef, Role> member : deployment.members().entrySet()) {
            versions.add(version(files, deployment.model(), member.getKey(), member.getValue()));
        }
        return new WatchedDeployment(
                deployment.model(), deployment.generation(), deployment.symbols(), versions);
    }

    private WatchedVersion version(ModelFiles files, String model, ModelRef ref, Role role) {
        try {
            WatchedVersion version = watched(files, ref, role);
            VersionReference.of(version, overlap);
            return version;
        } catch (ModelRefusedException e) {
            return WatchedVersion.unwatched(
                    ref.version(),
                    role,
                    "%s@%s is not watched: %s".formatted(model, ref.version(), e.getMessage()));
        }
    }

    private static WatchedVersion watched(ModelFiles files, ModelRef ref, Role role)
            throws ModelRefusedException {
        ModelContract contract = files.fetch(ref).contract();
        byte[] reference = beside(files, ref, ArtifactFile.REFERENCE);
        String hash = contract.featureSetHash();
        if (reference == null || hash == null) {
            throw new ModelRefusedException(
                    "there is no %s beside %s".formatted(ReferenceFile.FILE_NAME, ref.uri()),
                    "register it as 'shivx train' does, which measures one");
        }
        byte[] importance = beside(files, ref, ArtifactFile.IMPORTANCE);
        return new WatchedVersion(
                ref.version(),
                role,
                hash,
                reference,
                importance == null
                        ? Map.of()
                        : NamedNumbers.read(NamedNumbers.IMPORTANCE_FILE, importance),
                null);
    }

    private static byte @Nullable [] beside(ModelFiles files, ModelRef ref, ArtifactFile file)
            throws ModelRefusedException {
        return files.beside(ref, file.fileName(), file.maxBytes());
    }
}
