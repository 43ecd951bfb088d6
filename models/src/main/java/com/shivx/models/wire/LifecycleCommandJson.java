package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.lifecycle.LifecycleCommand;

/** The topic {@code lifecycle-commands} ({@code schemas/lifecycle-command.schema.json}). */
public final class LifecycleCommandJson extends ControlJson<LifecycleCommand> {

    private static final long serialVersionUID = 1;

    @Override
    String keyText(LifecycleCommand command) {
        return command.model();
    }

    @Override
    void writeFields(LifecycleCommand command, ObjectNode into) {
        into.put("request_id", command.requestId());
        into.put("model_id", command.model());
        into.put("kind", command.kind().name());
        into.put("schedule", command.schedule());
        into.put("times", command.times());
        into.put("from_micros", command.fromMicros());
        into.put("reason", command.reason());
        into.put("requested_by", command.requestedBy());
    }

    @Override
    LifecycleCommand readFields(JsonFields from) throws UnreadableRecordException {
        return new LifecycleCommand(
                from.text("request_id"),
                from.text("model_id"),
                from.choice("kind", LifecycleCommand.Kind.class),
                from.textOrNull("schedule"),
                from.textOrNull("times"),
                from.integerOrNull("from_micros"),
                from.textOrNull("reason"),
                from.text("requested_by"));
    }
}
