package com.shivx.models.registry.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.NewVersion;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.StoredFile;
import com.shivx.models.registry.StoredFilesJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code version.json} beside a version's files: what {@link ModelVersion} tells of it. */
final class VersionJson {

    static final String FILE_NAME = "version.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private VersionJson() {}

    static byte[] write(NewVersion version) {
        ObjectNode root =
                JSON.createObjectNode()
                        .put("model", version.model())
                        .put("version", version.version().toString())
                        .put("created_at", version.at().toString())
                        .put("created_by", version.by())
                        .put("comment", version.comment());
        root.set("files", StoredFilesJson.node(version.files().stored()));
        return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads it; empty unless it describes that version with a model. */
    static Optional<ModelVersion> read(byte[] json, String model, SemanticVersion version) {
        try {
            JsonNode root = JSON.readTree(new String(json, StandardCharsets.UTF_8));
            List<StoredFile> files = StoredFilesJson.read(root.path("files"));
            boolean isIt =
                    root.path("model").asText().equals(model)
                            && root.path("version").asText().equals(version.toString())
                            && files.stream().anyMatch(f -> f.file() == ArtifactFile.MODEL);
            return isIt
                    ? Optional.of(
                            new ModelVersion(
                                    model,
                                    version,
                                    version.toString(),
                                    Instant.parse(root.path("created_at").asText()),
                                    root.path("created_by").asText(),
                                    root.path("comment").asText(),
                                    files))
                    : Optional.empty();
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
