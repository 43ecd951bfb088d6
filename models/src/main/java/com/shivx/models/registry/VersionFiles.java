package com.shivx.models.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a version's files: a model and what belongs to it, none empty or above its limit,
 * and the JSON files objects.
 */
public record VersionFiles(Map<ArtifactFile, byte[]> bytes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @throws RegistryException naming the file that does not hold
     */
    public VersionFiles {
        EnumMap<ArtifactFile, byte[]> copy = new EnumMap<>(ArtifactFile.class);
        copy.putAll(bytes);
        if (!copy.containsKey(ArtifactFile.MODEL)) {
            throw new RegistryException(
                    "there is no %s; a version needs one".formatted(ArtifactFile.MODEL.fileName()));
        }
        copy.forEach(VersionFiles::check);
        bytes = Collections.unmodifiableMap(copy);
    }

    /**
     * The files of an artifact and what else belongs to it.
     *
     * @param more neither model nor signature, which the artifact brings
     */
    public static VersionFiles of(ModelArtifact artifact, Map<ArtifactFile, byte[]> more) {
        EnumMap<ArtifactFile, byte[]> all = new EnumMap<>(ArtifactFile.class);
        all.putAll(more);
        all.put(ArtifactFile.MODEL, artifact.bytes());
        all.put(ArtifactFile.SIGNATURE, artifact.signature().getBytes(StandardCharsets.UTF_8));
        return new VersionFiles(all);
    }

    private static void check(ArtifactFile file, byte[] content) {
        if (content.length == 0 || content.length > file.maxBytes()) {
            throw new RegistryException(
                    "%s has %d bytes, expected 1 to %d; make it again"
                            .formatted(file.fileName(), content.length, file.maxBytes()));
        }
        if (file.isJson() && !isObject(content)) {
            throw new RegistryException(
                    "%s holds no JSON object; make it again".formatted(file.fileName()));
        }
    }

    private static boolean isObject(byte[] content) {
        try {
            return JSON.readTree(content).isObject();
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    /** The bytes of a file; null where the version has none. */
    public byte @Nullable [] get(ArtifactFile file) {
        return bytes.get(file);
    }

    /** The bytes of each file by its name. */
    public Map<String, byte[]> byName() {
        Map<String, byte[]> named = new TreeMap<>();
        bytes.forEach((file, content) -> named.put(file.fileName(), content));
        return named;
    }

    /** What must be found again. */
    public List<StoredFile> stored() {
        return bytes.entrySet().stream()
                .map(
                        entry ->
                                new StoredFile(
                                        entry.getKey(),
                                        entry.getValue().length,
                                        Sha256.of(entry.getValue())))
                .toList();
    }
}
