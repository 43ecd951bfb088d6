package com.shivx.models.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must be found again, as JSON: {@code {"model.onnx": {"bytes": 1234, "sha256": "…"}, …}}. */
public final class StoredFilesJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StoredFilesJson() {}

    public static ObjectNode node(List<StoredFile> files) {
        ObjectNode node = JSON.createObjectNode();
        for (StoredFile file : files) {
            node.putObject(file.file().fileName())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256());
        }
        return node;
    }

    /** Reads it; files of other names are of a later release and not this one's. */
    public static List<StoredFile> read(JsonNode node) {
        List<StoredFile> files = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            Optional<ArtifactFile> file = ArtifactFile.named(entry.getKey());
            file.ifPresent(
                    known ->
                            files.add(
                                    new StoredFile(
                                            known,
                                            entry.getValue().path("bytes").asLong(),
                                            entry.getValue().path("sha256").asText())));
        }
        return files;
    }
}
