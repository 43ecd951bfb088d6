package com.shivx.models.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.NewVersion;
import com.shivx.models.registry.RegistryException;
import com.shivx.models.registry.RegistryHome;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.StoredFile;
import com.shivx.models.registry.VersionFiles;
import com.shivx.models.registry.VersionName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A registry on an MLflow server (3.x). A version is a run with its metrics and parameters, a
 * logged model with its files behind the artifact proxy, and, made last, a version of the
 * registered model: a registration that is cut off leaves a run and no version.
 */
public final class MlflowHome implements RegistryHome {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The most that the server lists at once. */
    private static final int PAGE = 1_000;

    private final MlflowHttp http;
    private final MlflowExperiments experiments;
    private final MlflowArtifacts artifacts;
    private final MlflowVersions versions;
    private final MlflowAudit audit;

    public MlflowHome(MlflowAccess access) {
        http = new MlflowHttp(access);
        experiments = new MlflowExperiments(http);
        artifacts = new MlflowArtifacts(http);
        versions = new MlflowVersions(http);
        audit = new MlflowAudit(http, experiments);
    }

    @Override
    public String uri() {
        return http.server();
    }

    @Override
    public List<String> models() {
        return registered().stream().filter(VersionName::isModel).toList();
    }

    /** All that have a version, whatever they are called. */
    private List<String> registered() {
        List<String> names = new ArrayList<>();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("max_results", String.valueOf(PAGE));
        String next;
        do {
            JsonNode page = http.get("/mlflow/registered-models/search", query);
            for (JsonNode model : page.path("registered_models")) {
                if (!model.path("latest_versions").isEmpty()) {
                    names.add(model.path("name").asText());
                }
            }
            next = page.path("next_page_token").asText("");
            query.put("page_token", next);
        } while (!next.isEmpty());
        return names.stream().sorted().toList();
    }

    @Override
    public List<ModelVersion> versions(String model) {
        return versions.list(VersionName.requireModel(model)).valid();
    }

    @Override
    public Optional<ModelVersion> add(NewVersion version) {
        if (versions(version.model()).stream()
                .anyMatch(there -> there.version().equals(version.version()))) {
            return Optional.empty();
        }
        String experiment = experiments.idOf("shivx/" + version.model());
        String run = startRun(experiment, version);
        String status = "FAILED";
        try {
            String modelId = log(experiment, run, version);
            register(version.model());
            Optional<ModelVersion> added = versions.make(version, modelId, run);
            status = added.isPresent() ? "FINISHED" : "KILLED";
            return added;
        } finally {
            endRun(run, version, status);
        }
    }

    private String startRun(String experiment, NewVersion version) {
        ObjectNode run =
                NODES.objectNode()
                        .put("experiment_id", experiment)
                        .put("start_time", version.at().toEpochMilli())
                        .put("user_id", version.by())
                        .put("run_name", version.id());
        Tags.add(run, Tags.VERSION, version.version().toString());
        return http.post("/mlflow/runs/create", run).at("/run/info/run_id").asText();
    }

    /** The logged model's id, once its files are there. */
    private String log(String experiment, String run, NewVersion version) {
        JsonNode made =
                http.post(
                                "/mlflow/logged-models",
                                NODES.objectNode()
                                        .put("experiment_id", experiment)
                                        .put("name", version.model())
                                        .put("source_run_id", run))
                        .at("/model/info");
        String id = made.path("model_id").asText();
        String folder = made.path("artifact_uri").asText();
        version.files()
                .bytes()
                .forEach((file, bytes) -> artifacts.put(folder, file.fileName(), bytes));
        MlmodelFiles.write(
                        version.files().bytes().getOrDefault(ArtifactFile.MODEL, new byte[0]),
                        folder,
                        id,
                        run,
                        version.at())
                .forEach((name, bytes) -> artifacts.put(folder, name, bytes));
        http.patch(
                "/mlflow/logged-models/" + MlflowHttp.encode(id),
                NODES.objectNode().put("model_id", id).put("status", "LOGGED_MODEL_READY"));
        ObjectNode outputs = NODES.objectNode().put("run_id", run);
        outputs.putArray("models").addObject().put("model_id", id).put("step", 0);
        http.post("/mlflow/runs/outputs", outputs);
        http.post("/mlflow/runs/log-batch", RunFacts.batch(run, version.files(), version.at()));
        return id;
    }

    private void register(String model) {
        try {
            http.post("/mlflow/registered-models/create", NODES.objectNode().put("name", model));
        } catch (MlflowAnswerException e) {
            if (!e.isAlreadyThere()) {
                throw e;
            }
        }
    }

    /** How the run ended; the version counts, whether or not this can be written any more. */
    private void endRun(String run, NewVersion version, String status) {
        try {
            http.post(
                    "/mlflow/runs/update",
                    NODES.objectNode()
                            .put("run_id", run)
                            .put("status", status)
                            .put("end_time", version.at().toEpochMilli()));
        } catch (RegistryException e) {
            // A run that seems to go on is in nobody's way, and why it failed matters more.
        }
    }

    @Override
    public VersionFiles fetch(ModelVersion version) {
        String folder = versions.folder(version);
        if (!version.isOurs()) {
            return new ForeignVersion(artifacts, version, folder).fetch();
        }
        Map<ArtifactFile, byte[]> files = new EnumMap<>(ArtifactFile.class);
        for (StoredFile stored : version.files()) {
            ArtifactFile file = stored.file();
            files.put(file, artifacts.get(folder, file.fileName(), file.maxBytes()));
        }
        return new VersionFiles(files);
    }

    @Override
    public Map<Alias, SemanticVersion> aliases(String model) {
        Map<Alias, SemanticVersion> aliases = new EnumMap<>(Alias.class);
        JsonNode found = registeredModel(model).path("aliases");
        if (found.isEmpty()) {
            return aliases;
        }
        List<ModelVersion> there = versions(model);
        for (JsonNode each : found) {
            Alias.of(each.path("alias").asText())
                    .ifPresent(
                            alias ->
                                    there.stream()
                                            .filter(
                                                    v ->
                                                            v.number()
                                                                    .equals(
                                                                            each.path("version")
                                                                                    .asText()))
                                            .forEach(v -> aliases.put(alias, v.version())));
        }
        return aliases;
    }

    private JsonNode registeredModel(String model) {
        try {
            return http.get(
                            "/mlflow/registered-models/get",
                            Map.of("name", VersionName.requireModel(model)))
                    .path("registered_model");
        } catch (MlflowAnswerException e) {
            if (e.isNotThere()) {
                return NODES.objectNode();
            }
            throw e;
        }
    }

    @Override
    public void setAlias(String model, Alias alias, ModelVersion version) {
        http.post(
                "/mlflow/registered-models/alias",
                NODES.objectNode()
                        .put("name", VersionName.requireModel(model))
                        .put("alias", alias.word())
                        .put("version", version.number()));
    }

    @Override
    public void append(AuditEntry entry) {
        audit.append(entry);
    }

    @Override
    public List<AuditEntry> audit(String model) {
        return audit.read(VersionName.requireModel(model));
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (String model : registered()) {
            if (!VersionName.isModel(model)) {
                problems.add(
                        "the model '%s' cannot be named here; rename it in MLflow"
                                .formatted(model));
                continue;
            }
            for (ModelVersion version : versions.list(model).shadowed()) {
                problems.add(
                        "version %s of %s in MLflow would be %s, which one before it is; give it another tag %s there, or delete it"
                                .formatted(
                                        version.number(), model, version.version(), Tags.VERSION));
            }
        }
        return problems;
    }
}
