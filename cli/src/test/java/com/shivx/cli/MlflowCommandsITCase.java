package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.models.testing.MlflowServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a registry, on a real MLflow server. */
class MlflowCommandsITCase {

    @TempDir private Path folder;

    @Test
    void takesAModelFromItsFileToProductionAndBack() throws Exception {
        try (MlflowServer server = MlflowServer.start(folder)) {
            for (String version : List.of("1.0.0", "1.1.0")) {
                Path file = TestModels.version(folder, "direction", version);
                assertThat(run(server, "register", file.toString()))
                        .contains("registered: direction@" + version + " in " + server.uri());
                run(server, "promote", "direction@" + version, "--to", "staging");
                run(server, "promote", "direction@staging", "--to", "production");
            }
            assertThat(run(server, "rollback", "direction", "--reason", "it loses money"))
                    .contains("in production: direction@1.0.0");
            assertThat(run(server, "list"))
                    .containsPattern("direction +1\\.0\\.0 +production ")
                    .containsPattern("direction +1\\.1\\.0 +dev, staging, previous ");
            assertThat(run(server, "compare", "direction@production", "direction@previous"))
                    .contains("signature");
            Path target = folder.resolve("here");
            run(server, "download", "models:/direction@production", target.toString());
            assertThat(target.resolve("signature.json")).content().contains("\"1.0.0\"");
            JsonNode audit =
                    new ObjectMapper().readTree(run(server, "audit", "direction", "-o", "json"));
            assertThat(audit).hasSize(7);
            assertThat(run(server, "audit", "direction", "--at", audit.at("/5/at").asText()))
                    .containsPattern("production +1\\.1\\.0 ");
        }
    }

    private static String run(MlflowServer server, String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("models"));
        all.addAll(List.of(args));
        all.addAll(List.of("--registry", server.uri()));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.err()).isEmpty();
        return run.out();
    }
}
