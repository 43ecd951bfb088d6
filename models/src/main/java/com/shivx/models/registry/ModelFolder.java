package com.shivx.models.registry;

import com.shivx.models.contract.AllowedUris;
import com.shivx.models.contract.ModelArtifact;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder that jobs take models from, each version in a folder of its own that never changes:
 *
 * <pre>
 * &lt;folder&gt;/direction/2.1.0/model.onnx
 *                           /signature.json
 *                           /reference.json and the like, as far as it has them
 * </pre>
 */
public record ModelFolder(Path folder) {

    /** The same whatever the file was called: who deploys it again from elsewhere finds it. */
    private static final String MODEL_FILE = "model.onnx";

    /**
     * A version in its place.
     *
     * @param uri of its ONNX file
     * @param wasThere whether it lay there before
     */
    public record Placed(URI uri, boolean wasThere) {}

    /**
     * The folder of a path or {@code file:} URI.
     *
     * @throws RegistryException if it is of another kind
     */
    public static ModelFolder of(String pathOrUri) {
        try {
            Path path =
                    AllowedUris.hasScheme(pathOrUri)
                            ? Path.of(new URI(pathOrUri))
                            : Path.of(pathOrUri);
            return new ModelFolder(path.toAbsolutePath().normalize());
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw new RegistryException(
                    "models cannot be copied to %s from here; name a folder of this machine that every job reaches with --models-dir"
                            .formatted(pathOrUri),
                    e);
        }
    }

    /** A version of which nothing is known but what it is. */
    public Placed place(ModelArtifact artifact) {
        return place(artifact, Map.of());
    }

    /**
     * Puts a version into its place, all of it at once: whoever finds its folder finds it complete.
     *
     * @param measured what says how it was measured; a copy that lies there without gets it
     * @throws RegistryException if another file lies there under the same version
     */
    public Placed place(ModelArtifact artifact, Map<ArtifactFile, byte[]> measured) {
        Path models = folder.resolve(artifact.contract().model());
        Path version = models.resolve(artifact.contract().version());
        Path unfinished = models.resolve("." + UUID.randomUUID());
        URI uri = version.resolve(MODEL_FILE).toUri();
        try {
            if (Files.exists(version)) {
                requireSame(version, artifact);
                addMissing(version, measured);
                return new Placed(uri, true);
            }
            Files.createDirectories(unfinished);
            Files.write(unfinished.resolve(MODEL_FILE), artifact.bytes());
            Files.writeString(
                    unfinished.resolve(ModelArtifact.SIGNATURE_FILE), artifact.signature());
            for (Map.Entry<ArtifactFile, byte[]> file : measured.entrySet()) {
                Files.write(unfinished.resolve(file.getKey().fileName()), file.getValue());
            }
            return new Placed(uri, !move(unfinished, version, artifact));
        } catch (IOException e) {
            throw new RegistryException(
                    "cannot copy the model to %s (%s); make the folder writable or name another with --models-dir"
                            .formatted(version, FileReasons.of(e)),
                    e);
        } finally {
            delete(unfinished);
        }
    }

    /** Whether it was this one that put it there; a faster one has put the same there, or fails. */
    private static boolean move(Path unfinished, Path version, ModelArtifact artifact)
            throws IOException {
        try {
            Files.move(unfinished, version, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException e) {
            if (!Files.exists(version)) {
                throw e;
            }
            requireSame(version, artifact);
            return false;
        }
    }

    /** Each whole or not at all. */
    private static void addMissing(Path version, Map<ArtifactFile, byte[]> measured)
            throws IOException {
        for (Map.Entry<ArtifactFile, byte[]> file : measured.entrySet()) {
            Path place = version.resolve(file.getKey().fileName());
            if (!Files.exists(place)) {
                Path unfinished = version.resolve("." + UUID.randomUUID());
                Files.write(unfinished, file.getValue());
                Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static void requireSame(Path version, ModelArtifact artifact) throws IOException {
        boolean isSame =
                Arrays.equals(read(version.resolve(MODEL_FILE)), artifact.bytes())
                        && Arrays.equals(
                                read(version.resolve(ModelArtifact.SIGNATURE_FILE)),
                                artifact.signature().getBytes(StandardCharsets.UTF_8));
        if (!isSame) {
            throw new RegistryException(
                    "%s holds another file or signature as %s; a version never changes, give this one a --version of its own"
                            .formatted(version, artifact.contract().id()));
        }
    }

    private static byte @Nullable [] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static void delete(Path unfinished) {
        try {
            for (ArtifactFile file : ArtifactFile.values()) {
                Files.deleteIfExists(unfinished.resolve(file.fileName()));
            }
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // It is in nobody's way: its name is no version's.
        }
    }
}
