package com.shivx.control.plane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.control.versions.DecisionAudit.Decision;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of {@code lifecycle-events} as a decision for the audit. It is read as it stands, so
 * that kinds of decisions that this release does not know are copied all the same.
 */
final class LifecycleRecord {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LifecycleRecord() {}

    /** Empty for what is none. */
    static Optional<Decision> decision(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            JsonNode event = JSON.readTree(record.value());
            String kind = event.path("kind").asText();
            String request = event.path("request_id").asText();
            if (kind.isEmpty() || !event.path("model_id").isTextual()) {
                return Optional.empty();
            }
            String id = event.path("event_id").isTextual() ? event.path("event_id").asText() : "";
            return Optional.of(
                    new Decision(
                            id.isEmpty()
                                    ? request + "~" + kind + "~" + event.path("generation").asText()
                                    : id,
                            event.path("model_id").asText(),
                            Instant.ofEpochMilli(record.timestamp()),
                            event.path("model_version").isTextual()
                                    ? event.path("model_version").asText()
                                    : null,
                            event.path("requested_by").asText(),
                            text(event, kind, request)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode event, String kind, String request) {
        StringBuilder text = new StringBuilder("%s, request %s".formatted(kind, request));
        text.append(", generation ").append(event.path("generation").asLong());
        if (event.path("reason").isTextual()) {
            text.append(": ").append(event.path("reason").asText());
        }
        return text.toString();
    }
}
