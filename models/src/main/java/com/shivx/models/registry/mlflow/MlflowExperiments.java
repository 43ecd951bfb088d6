package com.shivx.models.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.registry.RegistryException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Experiments by their names, which are unique on a server and keep their ids. */
final class MlflowExperiments {

    private final MlflowHttp http;
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    MlflowExperiments(MlflowHttp http) {
        this.http = http;
    }

    /** The id of that one, made where there is none. */
    String idOf(String name) {
        String known = ids.get(name);
        if (known != null) {
            return known;
        }
        String id = find(name).orElseGet(() -> make(name));
        ids.put(name, id);
        return id;
    }

    /** The id of that one. */
    Optional<String> find(String name) {
        try {
            JsonNode experiment =
                    http.get("/mlflow/experiments/get-by-name", Map.of("experiment_name", name))
                            .path("experiment");
            if (!experiment.path("lifecycle_stage").asText().equals("active")) {
                throw new RegistryException(
                        "somebody has deleted the experiment '%s' of MLflow at %s, which the registry needs; restore it there"
                                .formatted(name, http.server()));
            }
            return Optional.of(experiment.path("experiment_id").asText());
        } catch (MlflowAnswerException e) {
            if (e.isNotThere()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String make(String name) {
        try {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
            return http.post("/mlflow/experiments/create", body).path("experiment_id").asText();
        } catch (MlflowAnswerException e) {
            if (e.isAlreadyThere()) {
                // Somebody else was faster.
                return find(name).orElseThrow(() -> e);
            }
            throw e;
        }
    }
}
