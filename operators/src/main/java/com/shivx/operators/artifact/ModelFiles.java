package com.shivx.operators.artifact;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.AllowedUris;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.deployment.ModelRef;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the file of a version comes from: what travelled with the job, else the store beside the
 * checkpoints, else its URI. What was had from elsewhere is put into the store, so that a restore
 * finds it there when the URI is long gone. The checksum decides, wherever it lay.
 *
 * <pre>
 * store/&lt;sha256&gt;/model.onnx
 *               /signature.json
 * </pre>
 */
public final class ModelFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ModelFiles.class);

    private static final String MODEL_FILE = "model.onnx";

    private final Map<String, ModelArtifact> travelled = new HashMap<>();
    private final List<String> allowedUris;
    private final @Nullable Path store;

    /**
     * Files of versions.
     *
     * @param allowedUris folders that they may come from
     * @param store folder where they are kept by checksum; null for none
     * @param artifacts what came with the job
     */
    public ModelFiles(
            List<String> allowedUris, @Nullable String store, List<ModelArtifact> artifacts) {
        this.allowedUris = List.copyOf(allowedUris);
        this.store = store == null ? null : new Path(store);
        artifacts.forEach(artifact -> travelled.put(artifact.sha256(), artifact));
    }

    /**
     * The version's file and contract. May take as long as a file system does.
     *
     * @throws ModelRefusedException if it cannot be had, or is not what it shall be
     */
    public ModelArtifact fetch(ModelRef ref) throws ModelRefusedException {
        ModelArtifact artifact = travelled.get(ref.sha256());
        if (artifact == null) {
            artifact = kept(ref);
        }
        if (artifact == null) {
            artifact = read(allowed(ref.uri()), ref);
        }
        keep(artifact);
        return artifact;
    }

    /**
     * A file beside the version's, from its URI: what travelled with the job and what is kept has
     * none. May take as long as a file system does.
     *
     * @return null if it is not there
     * @throws ModelRefusedException if it may not be read, or cannot
     */
    public byte @Nullable [] beside(ModelRef ref, String fileName, long maxBytes)
            throws ModelRefusedException {
        Path file = new Path(allowed(ref.uri()).getParent(), fileName);
        try {
            // A link beside an allowed file may lead elsewhere.
            return file.getFileSystem().exists(file)
                    ? bytes(allowed(file.toString()), maxBytes)
                    : null;
        } catch (IOException e) {
            throw new ModelRefusedException(
                    file + " cannot be read: " + e.getMessage(), "write it again", e);
        }
    }

    /** What the store has of it; null if nothing that holds. */
    private @Nullable ModelArtifact kept(ModelRef ref) {
        Path file = stored(ref.sha256());
        try {
            return file == null || !file.getFileSystem().exists(file) ? null : read(file, ref);
        } catch (IOException | ModelRefusedException e) {
            LOG.warn("{} in the model store is of no use; trying {}", file, ref.uri(), e);
            return null;
        }
    }

    /** Written beside its place and moved there: whoever finds it finds all of it. */
    private void keep(ModelArtifact artifact) {
        Path file = stored(artifact.sha256());
        try {
            if (file == null || file.getFileSystem().exists(file)) {
                return;
            }
            FileSystem fileSystem = file.getFileSystem();
            Path folder = file.getParent();
            Path unfinished = folder.suffix("." + UUID.randomUUID());
            write(fileSystem, new Path(unfinished, MODEL_FILE), artifact.bytes());
            write(
                    fileSystem,
                    new Path(unfinished, ModelArtifact.SIGNATURE_FILE),
                    artifact.signature().getBytes(StandardCharsets.UTF_8));
            if (!fileSystem.rename(unfinished, folder)) {
                // Somebody else was faster.
                fileSystem.delete(unfinished, true);
            }
        } catch (IOException e) {
            LOG.warn(
                    "{} could not be kept in the model store; a restore will need its URI",
                    artifact.contract().id(),
                    e);
        }
    }

    private @Nullable Path stored(String sha256) {
        return store == null ? null : new Path(new Path(store, sha256), MODEL_FILE);
    }

    /** The text of a URI says whether it is allowed; of a file its real place does. */
    private Path allowed(String uri) throws ModelRefusedException {
        if (uri.startsWith("file:") || uri.startsWith("/")) {
            List<String> folders =
                    allowedUris.stream()
                            .filter(folder -> folder.startsWith("file:") || folder.startsWith("/"))
                            .toList();
            return new Path(AllowedUris.of(folders).resolve(uri).toUri());
        }
        boolean isAllowed =
                allowedUris.stream()
                        .map(folder -> folder.endsWith("/") ? folder : folder + "/")
                        .anyMatch(uri::startsWith);
        if (!isAllowed || uri.contains("..")) {
            throw new ModelRefusedException(
                    uri + " lies outside " + allowedUris,
                    "copy the model into an allowed folder, or allow its own (models.allowed-uris)");
        }
        try {
            return new Path(new URI(uri));
        } catch (URISyntaxException e) {
            throw new ModelRefusedException(
                    uri + " is no URI: " + e.getMessage(), "name the file by one", e);
        }
    }

    private static ModelArtifact read(Path file, ModelRef ref) throws ModelRefusedException {
        try {
            byte[] bytes = bytes(file, ModelArtifact.MAX_BYTES);
            return ModelArtifact.of(bytes, ref.sha256(), signature(file));
        } catch (IOException e) {
            throw new ModelRefusedException(
                    file + " cannot be read: " + e.getMessage(),
                    "see that it is there and deploy it again",
                    e);
        }
    }

    private static byte @Nullable [] signature(Path model) throws IOException {
        try {
            Path file = new Path(model.getParent(), ModelArtifact.SIGNATURE_FILE);
            return bytes(file, ModelArtifact.MAX_SIGNATURE_BYTES);
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    private static byte[] bytes(Path file, long maxBytes) throws IOException {
        try (InputStream in = file.getFileSystem().open(file)) {
            byte[] bytes = in.readNBytes((int) maxBytes + 1);
            if (bytes.length == 0 || bytes.length > maxBytes) {
                throw new IOException(
                        "it has %s bytes, expected 1 to %d"
                                .formatted(bytes.length == 0 ? "no" : "more", maxBytes));
            }
            return bytes;
        }
    }

    private static void write(FileSystem fileSystem, Path file, byte[] bytes) throws IOException {
        try (OutputStream out = fileSystem.create(file, FileSystem.WriteMode.NO_OVERWRITE)) {
            out.write(bytes);
        }
    }
}
