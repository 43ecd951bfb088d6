package com.shivx.models.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.NewVersion;
import com.shivx.models.registry.RegistryContract;
import com.shivx.models.registry.RegistryHome;
import com.shivx.models.testing.MlflowServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real server; what is its own, and not every registry's, is in {@link MlflowServerITCase}.
 */
class MlflowRegistryITCase extends RegistryContract {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @TempDir private static Path shared;
    private static MlflowServer server;

    @BeforeAll
    static void startServer() {
        server = MlflowServer.start(shared);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected RegistryHome home() {
        return new MlflowHome(access());
    }

    private static MlflowAccess access() {
        return MlflowAccess.of(server.uri(), Map.of());
    }

    private static MlflowHttp http() {
        return new MlflowHttp(access());
    }

    @Override
    protected void tamper(ModelVersion version, ArtifactFile file) {
        MlflowHttp http = http();
        new MlflowArtifacts(http)
                .put(
                        new MlflowVersions(http).folder(version),
                        file.fileName(),
                        Candidates.bytes("{\"validation\": {\"accuracy\": 1.0}}"));
    }

    /** All but what is done last. */
    @Override
    protected void leaveHalfWritten(NewVersion version) {
        MlflowHttp http = http();
        String experiment = new MlflowExperiments(http).idOf("shivx/" + version.model());
        String folder =
                http.post(
                                "/mlflow/logged-models",
                                NODES.objectNode()
                                        .put("experiment_id", experiment)
                                        .put("name", version.model()))
                        .at("/model/info/artifact_uri")
                        .asText();
        new MlflowArtifacts(http).put(folder, "model.onnx", new byte[] {1});
        http.post(
                "/mlflow/registered-models/create",
                NODES.objectNode().put("name", version.model()));
    }

    /** Two versions of one name, by whoever has not looked: the lower number is it. */
    @Test
    void letsTheLowerNumberHaveAName() throws Exception {
        ModelVersion first = registry.register(Candidates.of(model, "1.0.0"));
        ModelVersion second = registry.register(Candidates.of(model, "2.0.0"));
        http().post(
                        "/mlflow/model-versions/set-tag",
                        NODES.objectNode()
                                .put("name", model)
                                .put("version", second.number())
                                .put("key", "shivx.version")
                                .put("value", "1.0.0"));
        assertThat(registry.model(model).versions()).containsExactly(first);
        assertThat(registry.problems())
                .filteredOn(line -> line.contains(model))
                .singleElement()
                .asString()
                .contains("version 2 of " + model)
                .contains("would be 1.0.0");
    }

    @Test
    void keepsEntriesOfTheAuditThatSomebodyDeletes() throws Exception {
        registry.register(Candidates.of(model, "1.0.0"));
        MlflowHttp http = http();
        ObjectNode search = NODES.objectNode().put("max_results", 1_000);
        search.putArray("experiment_ids").add(new MlflowExperiments(http).idOf("shivx/audit"));
        search.put("filter", "tags.`shivx.audit.model` = '%s'".formatted(model));
        String run = http.post("/mlflow/runs/search", search).at("/runs/0/info/run_id").asText();
        http.post("/mlflow/runs/delete", NODES.objectNode().put("run_id", run));
        assertThat(registry.audit(model).entries()).hasSize(1);
    }

    @Test
    void showsMetricsAndParametersInMlflowsPages() throws Exception {
        registry.register(Candidates.whole(model, "1.0.0", 0.75));
        MlflowHttp http = http();
        ObjectNode search = NODES.objectNode().put("max_results", 10);
        search.putArray("experiment_ids").add(new MlflowExperiments(http).idOf("shivx/" + model));
        JsonNode run = http.post("/mlflow/runs/search", search).at("/runs/0");
        assertThat(run.at("/info/status").asText()).isEqualTo("FINISHED");
        assertThat(run.at("/info/run_name").asText()).isEqualTo(model + "@1.0.0");
        assertThat(run.at("/data/metrics"))
                .singleElement()
                .satisfies(
                        metric -> {
                            assertThat(metric.get("key").asText()).isEqualTo("validation.accuracy");
                            assertThat(metric.get("value").asDouble()).isEqualTo(0.75);
                        });
        assertThat(run.at("/data/params"))
                .anySatisfy(
                        parameter -> {
                            assertThat(parameter.get("key").asText())
                                    .isEqualTo("parameters.num_leaves");
                            assertThat(parameter.get("value").asText()).isEqualTo("31");
                        });
    }
}
