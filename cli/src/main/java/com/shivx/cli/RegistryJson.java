package com.shivx.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.AuditJson;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.StoredFile;
import com.shivx.models.registry.StoredFilesJson;
import com.shivx.models.registry.VersionComparison;
import java.util.List;

/** What a registry holds, as JSON for programs. */
final class RegistryJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RegistryJson() {}

    static ArrayNode list() {
        return JSON.createArrayNode();
    }

    static ObjectNode version(ModelVersion version, List<Alias> aliases) {
        ObjectNode node =
                JSON.createObjectNode()
                        .put("model_id", version.model())
                        .put("model_version", version.version().toString())
                        .put("number", version.number())
                        .put("created_at", version.createdAt().toString())
                        .put("created_by", version.createdBy())
                        .put("comment", version.comment());
        ArrayNode names = node.putArray("aliases");
        aliases.forEach(alias -> names.add(alias.word()));
        List<StoredFile> files = version.files();
        node.set("files", StoredFilesJson.node(files));
        return node;
    }

    static ArrayNode audit(List<AuditEntry> entries) {
        ArrayNode list = list();
        entries.forEach(entry -> list.add(AuditJson.node(entry)));
        return list;
    }

    static ArrayNode comparison(VersionComparison comparison) {
        ArrayNode list = list();
        for (VersionComparison.Row row : comparison.rows()) {
            list.addObject()
                    .put("subject", row.subject().name())
                    .put("name", row.name())
                    .put("a", row.a())
                    .put("b", row.b())
                    .put("difference", row.difference());
        }
        return list;
    }

    /** As it is printed. */
    static String text(JsonNode node) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always written", e);
        }
    }
}
