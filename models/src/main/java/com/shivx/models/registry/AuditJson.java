package com.shivx.models.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;

/** An entry of the audit as a line of JSON. */
public final class AuditJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AuditJson() {}

    /** As an object, for whoever writes several. */
    public static ObjectNode node(AuditEntry entry) {
        SemanticVersion from = entry.from();
        return JSON.createObjectNode()
                .put("id", entry.id())
                .put("at", entry.at().toString())
                .put("by", entry.by())
                .put("model", entry.model())
                .put("action", entry.action().name())
                .put("alias", entry.alias().word())
                .put("from", from == null ? null : from.toString())
                .put("to", entry.to().toString())
                .put("reason", entry.reason());
    }

    public static String write(AuditEntry entry) {
        return node(entry).toString();
    }

    /** Reads it; empty for what is none, such as an action of a later release. */
    public static Optional<AuditEntry> read(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            String from = node.path("from").asText("");
            return Optional.of(
                    new AuditEntry(
                            node.required("id").asText(),
                            Instant.parse(node.required("at").asText()),
                            node.required("by").asText(),
                            node.required("model").asText(),
                            AuditAction.valueOf(node.required("action").asText()),
                            Alias.of(node.required("alias").asText()).orElseThrow(),
                            node.path("from").isTextual() ? SemanticVersion.parse(from) : null,
                            SemanticVersion.parse(node.required("to").asText()),
                            node.path("reason").asText("")));
        } catch (JsonProcessingException
                | DateTimeException
                | IllegalArgumentException
                | NoSuchElementException
                | RegistryException e) {
            return Optional.empty();
        }
    }
}
