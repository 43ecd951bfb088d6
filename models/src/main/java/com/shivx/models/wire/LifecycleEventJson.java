package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.LifecycleEvent;
import java.util.TreeMap;

/** The topic {@code lifecycle-events} ({@code schemas/lifecycle-event.schema.json}). */
public final class LifecycleEventJson extends ControlJson<LifecycleEvent> {

    private static final long serialVersionUID = 1;

    @Override
    String keyText(LifecycleEvent event) {
        return event.model();
    }

    @Override
    void writeFields(LifecycleEvent event, ObjectNode into) {
        into.put("event_id", event.eventId());
        into.put("request_id", event.requestId());
        into.put("model_id", event.model());
        into.put("kind", event.kind().name());
        into.put("generation", event.generation());
        into.put("mode", name(event.mode()));
        into.put("model_version", event.version());
        into.put("schedule", event.schedule());
        into.put("reason", event.reason());
        into.put("requested_by", event.requestedBy());
        ObjectNode evidence = into.putObject("evidence");
        if (event.evidence() != null) {
            new TreeMap<>(event.evidence())
                    .forEach((name, value) -> JsonFields.put(evidence, name, value));
        }
    }

    @Override
    LifecycleEvent readFields(JsonFields from) throws UnreadableRecordException {
        return new LifecycleEvent(
                from.textOrNull("event_id"),
                from.text("request_id"),
                from.text("model_id"),
                from.choice("kind", LifecycleEvent.Kind.class),
                from.integer("generation"),
                from.choiceOrNull("mode", DeploymentMode.class),
                from.textOrNull("model_version"),
                from.textOrNull("schedule"),
                from.textOrNull("reason"),
                from.text("requested_by"),
                from.numbers("evidence"));
    }
}
