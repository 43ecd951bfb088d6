package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.Role;
import com.shivx.models.deployment.DeploymentEvent;

/** The topic {@code deployment-events} ({@code schemas/deployment-event.schema.json}). */
public final class DeploymentEventJson extends ControlJson<DeploymentEvent> {

    private static final long serialVersionUID = 1;

    @Override
    String keyText(DeploymentEvent event) {
        return event.model();
    }

    @Override
    void writeFields(DeploymentEvent event, ObjectNode into) {
        into.put("model_id", event.model());
        into.put("generation", event.generation());
        into.put("kind", event.kind().name());
        into.put("model_version", event.version());
        into.put("role", name(event.role()));
        into.put("reason", event.reason());
        into.put("subtask", event.subtask());
        into.put("parallelism", event.parallelism());
    }

    @Override
    DeploymentEvent readFields(JsonFields from) throws UnreadableRecordException {
        return new DeploymentEvent(
                from.text("model_id"),
                from.integer("generation"),
                from.choice("kind", DeploymentEvent.Kind.class),
                from.textOrNull("model_version"),
                from.choiceOrNull("role", Role.class),
                from.textOrNull("reason"),
                from.count("subtask"),
                from.count("parallelism"));
    }
}
