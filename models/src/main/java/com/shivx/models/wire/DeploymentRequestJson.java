package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;

/** The topic {@code deployment-requests} ({@code schemas/deployment-request.schema.json}). */
public final class DeploymentRequestJson extends ControlJson<DeploymentRequest> {

    private static final long serialVersionUID = 1;

    @Override
    String keyText(DeploymentRequest request) {
        return request.model();
    }

    @Override
    void writeFields(DeploymentRequest request, ObjectNode into) {
        into.put("request_id", request.requestId());
        into.put("model_id", request.model());
        into.put("mode", request.mode().name());
        ModelRefJson.write(request.version(), into);
        into.put("share", request.share());
        into.put("symbols", request.symbols());
        into.put("expected_generation", request.expectedGeneration());
        into.put("requested_by", request.requestedBy());
    }

    @Override
    DeploymentRequest readFields(JsonFields from) throws UnreadableRecordException {
        return new DeploymentRequest(
                from.text("request_id"),
                from.text("model_id"),
                from.choice("mode", DeploymentMode.class),
                ModelRefJson.read(from),
                from.numberOrZero("share"),
                from.textOrNull("symbols"),
                from.integerOrNull("expected_generation"),
                from.text("requested_by"));
    }
}
