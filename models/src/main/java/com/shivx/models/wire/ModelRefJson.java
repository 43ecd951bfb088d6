package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.deployment.ModelRef;

/** A model version as fields of an object that may hold others besides. */
final class ModelRefJson {

    private ModelRefJson() {}

    static ObjectNode write(ModelRef ref, ObjectNode into) {
        return into.put("model_version", ref.version())
                .put("uri", ref.uri())
                .put("sha256", ref.sha256());
    }

    static ModelRef read(JsonFields from) throws UnreadableRecordException {
        return new ModelRef(from.text("model_version"), from.text("uri"), from.text("sha256"));
    }
}
