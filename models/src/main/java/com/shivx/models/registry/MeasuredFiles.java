package com.shivx.models.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What says how a version was made and measured, and goes where it goes: jobs compare what it
 * serves with it.
 */
public final class MeasuredFiles {

    private static final List<ArtifactFile> FILES =
            List.of(
                    ArtifactFile.REFERENCE,
                    ArtifactFile.METRICS,
                    ArtifactFile.IMPORTANCE,
                    ArtifactFile.PROVENANCE);

    private MeasuredFiles() {}

    /** Of a version of a registry, as far as it has them. */
    public static Map<ArtifactFile, byte[]> of(VersionFiles files) {
        Map<ArtifactFile, byte[]> measured = new EnumMap<>(ArtifactFile.class);
        for (ArtifactFile file : FILES) {
            byte[] bytes = files.get(file);
            if (bytes != null) {
                measured.put(file, bytes);
            }
        }
        return measured;
    }

    /**
     * Of a model file, as far as they lie beside it.
     *
     * @throws RegistryException if one is there and cannot be read
     */
    public static Map<ArtifactFile, byte[]> beside(Path model) {
        Map<ArtifactFile, byte[]> measured = new EnumMap<>(ArtifactFile.class);
        for (ArtifactFile file : FILES) {
            Path path = model.resolveSibling(file.fileName());
            try {
                if (Files.isRegularFile(path)) {
                    requireSize(path, file);
                    measured.put(file, Files.readAllBytes(path));
                }
            } catch (IOException e) {
                throw new RegistryException(
                        "%s cannot be read (%s); make it readable, or take it away"
                                .formatted(path, FileReasons.of(e)),
                        e);
            }
        }
        return measured;
    }

    private static void requireSize(Path path, ArtifactFile file) throws IOException {
        long bytes = Files.size(path);
        if (bytes > file.maxBytes()) {
            throw new RegistryException(
                    "%s has %d bytes, and may have %d; take it away"
                            .formatted(path, bytes, file.maxBytes()));
        }
    }
}
