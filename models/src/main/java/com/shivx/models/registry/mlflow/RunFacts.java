package com.shivx.models.registry.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.FlatJson;
import com.shivx.models.registry.VersionFiles;
import java.time.Instant;
import java.util.Map;

/**
 * Metrics and parameters of a version as MLflow's pages chart and compare them: the numbers of
 * {@code metrics.json} and what {@code provenance.json} says. What MLflow cannot hold is left out
 * here and stays in the files.
 */
final class RunFacts {

    /** The most that one call takes. */
    private static final int MAX_METRICS = 900;

    private static final int MAX_PARAMETERS = 100;
    private static final int MAX_PARAMETER_VALUE = 6_000;
    private static final String NAME = "[A-Za-z0-9_./ -]{1,250}";

    private RunFacts() {}

    /** The body of a call of {@code runs/log-batch}. */
    static ObjectNode batch(String runId, VersionFiles files, Instant at) {
        ObjectNode batch = JsonNodeFactory.instance.objectNode().put("run_id", runId);
        ArrayNode metrics = batch.putArray("metrics");
        for (Map.Entry<String, String> each :
                FlatJson.of(files.get(ArtifactFile.METRICS)).entrySet()) {
            Double value = FlatJson.number(each.getValue());
            if (value != null && isName(each.getKey()) && metrics.size() < MAX_METRICS) {
                metrics.addObject()
                        .put("key", each.getKey())
                        .put("value", value)
                        .put("timestamp", at.toEpochMilli())
                        .put("step", 0);
            }
        }
        ArrayNode parameters = batch.putArray("params");
        for (Map.Entry<String, String> each :
                FlatJson.of(files.get(ArtifactFile.PROVENANCE)).entrySet()) {
            if (isName(each.getKey())
                    && each.getValue().length() <= MAX_PARAMETER_VALUE
                    && parameters.size() < MAX_PARAMETERS) {
                parameters.addObject().put("key", each.getKey()).put("value", each.getValue());
            }
        }
        return batch;
    }

    /** A path that leads out of its place is refused by the server, with the whole batch. */
    private static boolean isName(String key) {
        return key.matches(NAME)
                && !key.startsWith("/")
                && !key.endsWith("/")
                && !key.contains("//")
                && !key.contains("..")
                && !key.contains("./");
    }
}
