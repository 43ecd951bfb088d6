package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.lifecycle.TrainingResult;

/** The topic {@code training-results} ({@code schemas/training-result.schema.json}). */
public final class TrainingResultJson extends ControlJson<TrainingResult> {

    private static final long serialVersionUID = 1;

    @Override
    String keyText(TrainingResult result) {
        return result.model();
    }

    @Override
    void writeFields(TrainingResult result, ObjectNode into) {
        into.put("request_id", result.requestId());
        into.put("model_id", result.model());
        into.put("kind", result.kind().name());
        into.put("attempt", result.attempt());
        into.put("model_version", result.version());
        into.put("reason", result.reason());
    }

    @Override
    TrainingResult readFields(JsonFields from) throws UnreadableRecordException {
        return new TrainingResult(
                from.text("request_id"),
                from.text("model_id"),
                from.choice("kind", TrainingResult.Kind.class),
                from.count("attempt"),
                from.textOrNull("model_version"),
                from.text("reason"));
    }
}
