package com.shivx.models.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.AuditJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The audit of a server's models: a run for each entry, in an experiment of its own. A run is made
 * with its tags in one call and never collides with another, so writers need no lock and an entry
 * is whole or not there; nothing of ours changes one, and one that somebody deletes in MLflow's
 * pages is kept by the server and still read here. Tags of the registered model would be
 * overwritten by whoever sets them and be sent with every listing; a file would be read, changed
 * and written by two at once.
 */
final class MlflowAudit {

    static final String EXPERIMENT = "shivx/audit";

    private static final int PAGE = 1_000;

    private final MlflowHttp http;
    private final MlflowExperiments experiments;

    MlflowAudit(MlflowHttp http, MlflowExperiments experiments) {
        this.http = http;
        this.experiments = experiments;
    }

    /** Asked for twice it may be there twice, with the same id, and is read once. */
    void append(AuditEntry entry) {
        long millis = entry.at().toEpochMilli();
        ObjectNode run =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("experiment_id", experiments.idOf(EXPERIMENT))
                        .put("start_time", millis)
                        .put("user_id", entry.by())
                        .put("run_name", name(entry));
        Tags.add(run, Tags.AUDIT_ENTRY, AuditJson.write(entry));
        Tags.add(run, Tags.AUDIT_MODEL, entry.model());
        String id = http.post("/mlflow/runs/create", run).at("/run/info/run_id").asText();
        http.post(
                "/mlflow/runs/update",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("run_id", id)
                        .put("status", "FINISHED")
                        .put("end_time", millis));
    }

    /** As it is listed. */
    private static String name(AuditEntry entry) {
        Alias alias = entry.alias();
        return alias == null
                ? "%s: %s".formatted(entry.model(), entry.reason())
                : "%s@%s: %s to %s"
                        .formatted(entry.model(), alias.word(), entry.action(), entry.to());
    }

    List<AuditEntry> read(String model) {
        List<AuditEntry> entries = new ArrayList<>();
        Optional<String> experiment = experiments.find(EXPERIMENT);
        if (experiment.isEmpty()) {
            return entries;
        }
        ObjectNode query =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("filter", "tags.`%s` = '%s'".formatted(Tags.AUDIT_MODEL, model))
                        .put("run_view_type", "ALL")
                        .put("max_results", PAGE);
        query.putArray("experiment_ids").add(experiment.get());
        String next;
        do {
            JsonNode page = http.post("/mlflow/runs/search", query);
            for (JsonNode run : page.path("runs")) {
                AuditJson.read(Tags.value(run.path("data"), Tags.AUDIT_ENTRY))
                        .ifPresent(entries::add);
            }
            next = page.path("next_page_token").asText("");
            query.put("page_token", next);
        } while (!next.isEmpty());
        return entries;
    }
}
