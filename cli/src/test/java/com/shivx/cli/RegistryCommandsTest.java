package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.models.testing.Graphs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a registry, in a folder. */
class RegistryCommandsTest {

    @TempDir private Path folder;

    @Test
    void takesAModelFromItsFileToProductionAndBack() throws Exception {
        assertThat(ok("list").out()).contains("nothing is registered in file:///");
        assertThat(register("1.0.0", "--metrics", metrics(0.5), "--reason", "first").out())
                .contains("registered: direction@1.0.0 in file:///");
        JsonNode second = json("register", file("1.1.0"), "--metrics", metrics(0.75));
        assertThat(second.get("aliases")).hasSize(1);
        assertThat(second.at("/files/metrics.json/bytes").asInt()).isPositive();

        assertThat(ok("list").out())
                .containsPattern("direction +1\\.0\\.0 +- .* first\n")
                .containsPattern("direction +1\\.1\\.0 +dev ");
        assertThat(json("list", "direction")).hasSize(2);
        assertThat(ok("show", "direction@dev").out())
                .contains("direction@1.1.0")
                .containsPattern("model\\.onnx +\\d+ +[0-9a-f]{64}\n");

        assertThat(failed("promote", "direction@1.0.0", "--to", "production"))
                .contains("is not in staging")
                .contains("--force");
        assertThat(ok("promote", "direction@1.0.0", "--to", "staging").out())
                .contains("promoted: direction@1.0.0 to staging");
        ok("promote", "direction@staging", "--to", "production");
        assertThat(ok("promote", "direction@staging", "--to", "production").out())
                .contains("there already");
        JsonNode forced =
                json(
                        "promote",
                        "direction@1.1.0",
                        "--to",
                        "production",
                        "--force",
                        "--reason",
                        "better");
        assertThat(forced.at("/0/action").asText()).isEqualTo("FORCED");
        assertThat(forced.at("/0/from").asText()).isEqualTo("1.0.0");

        assertThat(ok("compare", "direction@previous", "direction@production").out())
                .startsWith("a: direction@1.0.0, b: direction@1.1.0\n")
                .containsPattern("metric +accuracy +0\\.5 +0\\.75 +\\+0\\.25")
                .containsPattern("speed +microsPerRow +\\d")
                .doesNotContain("log_return_10s");
        assertThat(json("compare", "direction@1.0.0", "direction@1.1.0"))
                .anyMatch(row -> row.get("name").asText().equals("log_return_10s"));

        assertThat(ok("rollback", "direction", "--reason", "it loses money").out())
                .contains("in production: direction@1.0.0")
                .contains("instead of 1.1.0");
        assertThat(ok("audit", "direction").out())
                .containsPattern("rolled back +production +1\\.1\\.0 +1\\.0\\.0 +it loses money");
        JsonNode audit = json("audit", "direction");
        assertThat(audit).hasSize(6);
        String afterTheForce = audit.at("/4/at").asText();
        assertThat(json("audit", "direction", "--at", afterTheForce).at("/aliases/production"))
                .hasToString("\"1.1.0\"");
        assertThat(ok("audit", "direction", "--at", "2000-01-01T00:00:00Z").out())
                .containsPattern("production +- ");
    }

    @Test
    void downloadsWhatDeployWouldTake() throws Exception {
        register("1.0.0");
        Path target = folder.resolve("here");
        assertThat(ok("download", "models:/direction/1.0.0", target.toString()).out())
                .contains("downloaded: direction@1.0.0");
        assertThat(target.resolve("signature.json")).content().contains("\"1.0.0\"");
        assertThat(failed("download", "direction@1.0.0", target.toString()))
                .contains("not an empty folder");
        Files.writeString(version("1.0.0").resolve("signature.json"), "{}");
        assertThat(failed("download", "direction@1.0.0", folder.resolve("there").toString()))
                .contains("signature.json of direction@1.0.0")
                .contains("has checksum");
    }

    @Test
    void raisesTheVersionOfAFileThatSaysNone() throws Exception {
        Path silent = Files.write(folder.resolve("direction.onnx"), Graphs.softmax(1).toBytes());
        String[] flags = {
            "register", silent.toString(), "--columns", "log_return_1s", "--classes", "DOWN,FLAT,UP"
        };
        assertThat(ok(flags).out()).contains("direction@0.0.1");
        assertThat(ok(with(flags, "--bump", "major")).out()).contains("direction@1.0.0");
        assertThat(ok(with(flags, "--version", "3.0.0")).out()).contains("direction@3.0.0");
        assertThat(failed(with(flags, "--version", "3.0.0"))).contains("is there already");
        CommandRun both = models(with(flags, "--version", "4.0.0", "--bump", "minor"));
        assertThat(both.exitCode()).isEqualTo(2);
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        register("1.0.0");
        assertThat(failed("show", "direction")).contains("names no version");
        assertThat(failed("show", "../direction@1.0.0")).contains("names no version");
        assertThat(failed("show", "direction@2.0.0")).contains("has no version 2.0.0");
        assertThat(failed("list", "momentum")).contains("there is no model 'momentum'");
        assertThat(failed("register", "none.onnx")).contains("there is no model file none.onnx");
        assertThat(failed("register", file("1.0.0"))).contains("a version never changes");
        assertThat(failed("register", file("2.0.0"), "--metrics", folder.resolve("no").toString()))
                .contains("cannot read");
        Path noModel = Files.writeString(folder.resolve("bad.onnx"), "no model");
        assertThat(failed("register", noModel.toString())).contains("is no ONNX model");
        assertThat(failed("rollback", "direction")).contains("nothing was in production");
        assertThat(failed("rollback", "direction", "--to", "one")).contains("is not semantic");
        assertThat(failed("audit", "direction", "--at", "yesterday")).contains("'yesterday'");
        CommandRun gone =
                CommandRun.of("models", "list", "--registry", "http://ada:secret@127.0.0.1:1");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.err())
                .contains("MLflow at http://127.0.0.1:1")
                .doesNotContain("secret")
                .hasLineCount(1);
        CommandRun noStage = models("promote", "direction@1.0.0", "--to", "attic");
        assertThat(noStage.exitCode()).isEqualTo(2);
    }

    @Test
    void tellsWhatIsNoVersionAndWhatTheAuditDoesNotExplain() throws Exception {
        register("1.0.0");
        Files.createDirectories(version("1.0.0").resolveSibling(".unfinished-1"));
        Files.writeString(version("1.0.0").resolve("../../aliases/production"), "1.0.0");
        assertThat(models("list").err()).contains("note: ").contains(".unfinished-1");
        assertThat(models("audit", "direction").err())
                .contains("note: production names 1.0.0 now, and no entry says so");
    }

    @Test
    void helpsWithExamples() throws Exception {
        for (String command :
                List.of(
                        "register",
                        "list",
                        "show",
                        "download",
                        "compare",
                        "promote",
                        "rollback",
                        "audit",
                        "follow",
                        "deploy")) {
            CommandRun help = CommandRun.of("models", command, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.out())
                    .contains("--registry=URI")
                    .contains("Examples:")
                    .contains("  shivx models " + command);
        }
        assertThat(CommandRun.of("models", "register", "--help").out()).contains("--version");
    }

    private Path version(String version) {
        return folder.resolve("registry/direction/versions").resolve(version);
    }

    private CommandRun register(String version, String... more) throws Exception {
        return ok(with(new String[] {"register", file(version)}, more));
    }

    private String file(String version) throws Exception {
        return TestModels.version(folder, "direction", version).toString();
    }

    private String metrics(double accuracy) throws Exception {
        return Files.writeString(
                        folder.resolve("metrics.json"), "{\"accuracy\": %s}".formatted(accuracy))
                .toString();
    }

    private CommandRun ok(String... args) throws Exception {
        CommandRun run = models(args);
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.err()).isEmpty();
        return run;
    }

    private JsonNode json(String... args) throws Exception {
        return new ObjectMapper().readTree(ok(with(args, "-o", "json")).out());
    }

    private String failed(String... args) throws Exception {
        CommandRun run = models(args);
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.err()).startsWith("error: ").hasLineCount(1);
        return run.err();
    }

    private CommandRun models(String... args) throws Exception {
        return CommandRun.of(
                with(
                        with(new String[] {"models"}, args),
                        "--registry",
                        folder.resolve("registry").toString()));
    }

    private static String[] with(String[] first, String... last) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(last));
        return all.toArray(String[]::new);
    }
}
