package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.lifecycle.RetrainRequest;

/** The topic {@code retrain-requests} ({@code schemas/retrain-request.schema.json}). */
public final class RetrainRequestJson extends ControlJson<RetrainRequest> {

    private static final long serialVersionUID = 1;

    @Override
    String keyText(RetrainRequest request) {
        return request.model();
    }

    @Override
    void writeFields(RetrainRequest request, ObjectNode into) {
        into.put("request_id", request.requestId());
        into.put("model_id", request.model());
        into.put("cause", request.cause().name());
        into.put("reason", request.reason());
        into.put("from_micros", request.fromMicros());
        into.put("requested_by", request.requestedBy());
    }

    @Override
    RetrainRequest readFields(JsonFields from) throws UnreadableRecordException {
        return new RetrainRequest(
                from.text("request_id"),
                from.text("model_id"),
                from.choice("cause", RetrainRequest.Cause.class),
                from.text("reason"),
                from.integerOrNull("from_micros"),
                from.text("requested_by"));
    }
}
