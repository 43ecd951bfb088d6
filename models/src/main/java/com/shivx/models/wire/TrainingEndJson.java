package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.lifecycle.TrainingEnd;

/** What a training leaves behind for whoever has asked for it. */
public final class TrainingEndJson extends ControlJson<TrainingEnd> {

    private static final long serialVersionUID = 1;

    @Override
    String keyText(TrainingEnd end) {
        return end.model();
    }

    @Override
    void writeFields(TrainingEnd end, ObjectNode into) {
        into.put("request_id", end.requestId());
        into.put("model_id", end.model());
        into.put("kind", end.kind().name());
        into.put("model_version", end.version());
        into.put("champion_version", end.champion());
        into.put("reason", end.reason());
    }

    @Override
    TrainingEnd readFields(JsonFields from) throws UnreadableRecordException {
        return new TrainingEnd(
                from.text("request_id"),
                from.text("model_id"),
                from.choice("kind", TrainingEnd.Kind.class),
                from.textOrNull("model_version"),
                from.textOrNull("champion_version"),
                from.text("reason"));
    }
}
