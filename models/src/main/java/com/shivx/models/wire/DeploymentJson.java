package com.shivx.models.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import java.util.ArrayList;
import java.util.List;

/** The topic {@code deployments} ({@code schemas/deployment.schema.json}). */
public final class DeploymentJson extends ControlJson<Deployment> {

    private static final long serialVersionUID = 1;

    @Override
    String keyText(Deployment deployment) {
        return deployment.model();
    }

    @Override
    void writeFields(Deployment deployment, ObjectNode into) {
        into.put("model_id", deployment.model());
        into.put("generation", deployment.generation());
        into.put("mode", deployment.mode().name());
        ModelRefJson.write(deployment.champion(), into.putObject("champion"));
        ModelRef canary = deployment.canary();
        if (canary == null) {
            into.putNull("canary");
        } else {
            ModelRefJson.write(canary, into.putObject("canary"));
        }
        into.put("canary_share", deployment.canaryShare());
        ArrayNode shadows = into.putArray("shadows");
        deployment.shadows().forEach(shadow -> ModelRefJson.write(shadow, shadows.addObject()));
        into.put("symbols", deployment.symbols());
        into.put("routing_unit", deployment.routingUnit().name());
        into.put("routing_slice_micros", deployment.routingSliceMicros());
        into.put("salt", deployment.salt());
        into.put("request_id", deployment.requestId());
    }

    @Override
    Deployment readFields(JsonFields from) throws UnreadableRecordException {
        JsonFields canary = from.objectOrNull("canary");
        List<ModelRef> shadows = new ArrayList<>();
        for (JsonFields shadow : from.objects("shadows")) {
            shadows.add(ModelRefJson.read(shadow));
        }
        return new Deployment(
                from.text("model_id"),
                from.integer("generation"),
                from.choice("mode", DeploymentMode.class),
                ModelRefJson.read(from.object("champion")),
                canary == null ? null : ModelRefJson.read(canary),
                from.numberOrZero("canary_share"),
                List.copyOf(shadows),
                from.text("symbols"),
                from.choice("routing_unit", RoutingUnit.class),
                from.integer("routing_slice_micros"),
                from.textOrEmpty("salt"),
                from.textOrEmpty("request_id"));
    }
}
