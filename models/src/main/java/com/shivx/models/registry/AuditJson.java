package com.shivx.models.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entry of the audit as a line of JSON. */
public final class AuditJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AuditJson() {}

    /** As an object, for whoever writes several. */
    public static ObjectNode node(AuditEntry entry) {
        Alias alias = entry.alias();
        SemanticVersion from = entry.from();
        SemanticVersion to = entry.to();
        return JSON.createObjectNode()
                .put("id", entry.id())
                .put("at", entry.at().toString())
                .put("by", entry.by())
                .put("model", entry.model())
                .put("action", entry.action().name())
                .put("alias", alias == null ? null : alias.word())
                .put("from", from == null ? null : from.toString())
                .put("to", to == null ? null : to.toString())
                .put("reason", entry.reason());
    }

    private static @Nullable SemanticVersion version(JsonNode node) {
        return node.isTextual() ? SemanticVersion.parse(node.asText()) : null;
    }

    public static String write(AuditEntry entry) {
        return node(entry).toString();
    }

    /** Reads it; empty for what is none, such as an action of a later release. */
    public static Optional<AuditEntry> read(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            AuditAction action = AuditAction.valueOf(node.required("action").asText());
            boolean moves = action != AuditAction.DECIDED;
            return Optional.of(
                    new AuditEntry(
                            node.required("id").asText(),
                            Instant.parse(node.required("at").asText()),
                            node.required("by").asText(),
                            node.required("model").asText(),
                            action,
                            moves ? Alias.of(node.required("alias").asText()).orElseThrow() : null,
                            version(node.path("from")),
                            moves
                                    ? SemanticVersion.parse(node.required("to").asText())
                                    : version(node.path("to")),
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
