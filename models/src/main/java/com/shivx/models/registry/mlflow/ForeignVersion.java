package com.shivx.models.registry.mlflow;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Folders;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.VersionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version that others have logged, as {@code mlflow.onnx.log_model} does: its {@code MLmodel}
 * says where the ONNX file is, and weights may lie in files beside that, which are read into it.
 */
final class ForeignVersion {

    /** A file, and never a path. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}");

    /** As {@code mlflow.onnx.log_model} ends what it saves apart. */
    private static final String WEIGHTS = ".data";

    private final MlflowArtifacts artifacts;
    private final ModelVersion version;
    private final String folder;

    /**
     * @param folder as the server names it
     */
    ForeignVersion(MlflowArtifacts artifacts, ModelVersion version, String folder) {
        this.artifacts = artifacts;
        this.version = version;
        this.folder = folder;
    }

    VersionFiles fetch() {
        List<String> names = artifacts.list(folder);
        Map<ArtifactFile, byte[]> files = new EnumMap<>(ArtifactFile.class);
        for (String name : names) {
            Optional<ArtifactFile> file = ArtifactFile.named(name);
            file.filter(known -> known != ArtifactFile.MODEL)
                    .ifPresent(known -> files.put(known, get(name, known.maxBytes())));
        }
        files.put(ArtifactFile.MODEL, model(names));
        return new VersionFiles(files);
    }

    private byte[] model(List<String> names) {
        String onnx =
                names.contains(MlmodelFiles.MLMODEL)
                        ? MlmodelFiles.onnxFile(
                                        get(MlmodelFiles.MLMODEL, MlmodelFiles.MAX_MLMODEL_BYTES))
                                .orElse("")
                        : "";
        if (!NAME.matcher(onnx).matches() || !names.contains(onnx)) {
            throw new RegistryException(
                    "%s (version %s on the server) has no ONNX file; log it with mlflow.onnx.log_model"
                            .formatted(version.id(), version.number()));
        }
        List<String> weights =
                names.stream()
                        .filter(name -> name.endsWith(WEIGHTS) && NAME.matcher(name).matches())
                        .toList();
        byte[] bytes = get(onnx, ModelArtifact.MAX_BYTES);
        return weights.isEmpty() ? bytes : whole(onnx, bytes, weights);
    }

    private byte[] whole(String onnx, byte[] bytes, List<String> weights) {
        Path apart = null;
        try {
            apart = Files.createTempDirectory("shivx-model-");
            Path file = Files.write(apart.resolve(onnx), bytes);
            long left = ModelArtifact.MAX_BYTES - bytes.length;
            for (String name : weights) {
                byte[] part = get(name, left);
                left -= part.length;
                Files.write(apart.resolve(name), part);
            }
            return ModelArtifact.readModel(file);
        } catch (ModelRefusedException e) {
            throw new RegistryException("%s: %s".formatted(version.id(), e.getMessage()), e);
        } catch (IOException e) {
            throw new RegistryException(
                    "%s cannot be put together in %s: %s; free some space there"
                            .formatted(version.id(), System.getProperty("java.io.tmpdir"), e),
                    e);
        } finally {
            if (apart != null) {
                Folders.deleteAll(apart);
            }
        }
    }

    private byte[] get(String name, long maxBytes) {
        return artifacts.get(folder, name, maxBytes);
    }
}
