package com.shivx.models.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.registry.ArtifactFile;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.NewVersion;
import com.shivx.models.registry.SemanticVersion;
import com.shivx.models.registry.VersionFiles;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Versions on a server whose answers are lost, or that knows others of the same name. */
class MlflowVersionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NewVersion NEW =
            new NewVersion(
                    "direction",
                    SemanticVersion.parse("1.0.0"),
                    new VersionFiles(Map.of(ArtifactFile.MODEL, new byte[] {1})),
                    Instant.EPOCH,
                    "ada",
                    "");

    private final List<ObjectNode> versions = new CopyOnWriteArrayList<>();

    /** The version is made, and nobody hears of it. */
    @Test
    void findsAVersionWhoseAnswerWasLost() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> serve(exchange, true))) {
            ModelVersion made = versions(server).make(NEW, "m-1", "run").orElseThrow();
            assertThat(made.number()).isEqualTo("1");
            assertThat(made.id()).isEqualTo("direction@1.0.0");
            assertThat(made.files()).isEqualTo(NEW.files().stored());
            assertThat(versions).hasSize(1);
        }
    }

    @Test
    void takesBackAVersionThatAnotherWasFasterWith() throws Exception {
        try (ScriptedServer server = new ScriptedServer(exchange -> serve(exchange, false))) {
            assertThat(versions(server).make(NEW, "m-1", "run")).isPresent();
            assertThat(versions(server).make(NEW, "m-2", "run")).isEmpty();
            assertThat(server.requests()).contains("DELETE /api/2.0/mlflow/model-versions/delete");
        }
    }

    @Test
    void givesUpAVersionThatTheServerNeverMakes() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(
                        exchange ->
                                ScriptedServer.send(
                                        exchange,
                                        exchange.getRequestMethod().equals("GET") ? 200 : 503,
                                        "{}"))) {
            assertThatThrownBy(() -> versions(server).make(NEW, "m-1", "run"))
                    .isInstanceOf(MlflowUnknownException.class)
                    .hasMessageContaining("model-versions/create is refused with 503");
        }
    }

    /** A version that is being deleted has no tags in the first listing, and is gone then. */
    @Test
    void looksTwiceAtWhatHasNoTags() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(
                        exchange -> {
                            ScriptedServer.send(exchange, 200, listing());
                            versions.removeIf(version -> version.has("leaves"));
                        })) {
            versions.add(JSON.createObjectNode().put("version", "1"));
            versions.add(JSON.createObjectNode().put("version", "2").put("leaves", true));
            versions.add(
                    JSON.createObjectNode()
                            .put("version", "3")
                            .put("status", "PENDING_REGISTRATION"));
            assertThat(versions(server).list("direction").valid())
                    .extracting(ModelVersion::id)
                    .containsExactly("direction@0.0.1");
        }
    }

    private void serve(HttpExchange exchange, boolean losesAnswers) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/create")) {
            ObjectNode version = (ObjectNode) JSON.readTree(exchange.getRequestBody());
            versions.add(version.put("version", String.valueOf(versions.size() + 1)));
            if (!losesAnswers) {
                ObjectNode answer = JSON.createObjectNode();
                answer.set("model_version", version);
                ScriptedServer.send(exchange, 200, answer.toString());
            }
        } else if (path.endsWith("/delete")) {
            ScriptedServer.send(
                    exchange,
                    404,
                    "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"\"}");
        } else {
            ScriptedServer.send(exchange, 200, listing());
        }
    }

    private String listing() {
        ObjectNode answer = JSON.createObjectNode();
        versions.forEach(answer.putArray("model_versions")::add);
        return answer.toString();
    }

    private static MlflowVersions versions(ScriptedServer server) {
        return new MlflowVersions(
                new MlflowHttp(MlflowAccess.of("http://" + server.authority(), Map.of())));
    }
}
