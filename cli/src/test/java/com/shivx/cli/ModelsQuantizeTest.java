package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.models.artifact.NamedNumbers;
import com.shivx.models.artifact.ValidatedMetrics;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network quantised and measured by the command, from its file to its file. */
class ModelsQuantizeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COLUMNS = 16;

    @TempDir private Path folder;
    private Path network;
    private Path rows;

    @BeforeEach
    void writeNetworkAndRows() throws Exception {
        network = TestModels.network(folder, COLUMNS, 128, 64);
        rows = TestModels.rows(folder, 1_000, COLUMNS, null);
    }

    @Test
    void writesAModelThatServes() throws Exception {
        Path json = folder.resolve("report.json");
        CommandRun run = quantize("--rows", rows.toString(), "--json", json.toString());

        assertThat(run.exitCode()).as("%s", run).isZero();
        Path written = folder.resolve("network-int8.onnx");
        assertThat(run.out())
                .contains("direction@1.0.0, 3 layers to quantise")
                .contains("on 1,000 rows")
                .contains("times smaller")
                .contains("no column 'label'")
                .contains("written: " + written + ", as direction@1.0.0+int8");
        JsonNode report = JSON.readTree(json.toFile());
        assertThat(report.get("accepted").booleanValue()).isTrue();
        assertThat(report.at("/change/rows").intValue()).isEqualTo(1_000);
        assertThat(report.at("/change/before/log_loss").isNull()).isTrue();
        assertThat(report.at("/speed/1/name").asText()).isEqualTo("int8");
        assertThat(report.at("/quantized/bytes").longValue()).isEqualTo(Files.size(written));
        assertThat(ModelArtifact.readOfAnyColumns(written, ContractFlags.NONE).contract().version())
                .isEqualTo("1.0.0+int8");
        assertThat(folder.resolve("network-int8.onnx.part")).doesNotExist();
    }

    @Test
    void saysWhatLabelsSay() throws Exception {
        TestModels.rows(folder, 1_000, COLUMNS, "FLAT");
        CommandRun run =
                quantize(
                        "--rows",
                        rows.toString(),
                        "--version",
                        "1.1.0",
                        "--out",
                        folder.resolve("new.onnx").toString());

        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.out()).containsPattern("(?m)^log-loss +\\d").contains("direction@1.1.0");
    }

    @Test
    void registersAVersionOfItsOwn() throws Exception {
        String registry = folder.resolve("registry").toString();
        TestModels.servedNetwork(folder, COLUMNS, 128, 64);
        rows = TestModels.servedRows(folder, 1_000, COLUMNS, "FLAT");
        Path metrics = Files.writeString(folder.resolve("metrics.json"), "{\"accuracy\": 0.5}");
        CommandRun original =
                CommandRun.of(
                        "models",
                        "register",
                        network.toString(),
                        "--metrics",
                        metrics.toString(),
                        "--registry",
                        registry);
        assertThat(original.exitCode()).as("%s", original).isZero();

        CommandRun run = quantizeRegistered(registry, "--register");
        CommandRun bumped =
                quantizeRegistered(registry, "--register", "--bump", "minor", "--reason", "faster");
        CommandRun again = quantizeRegistered(registry, "--register");

        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.out())
                .contains("registered: direction@1.0.0+int8 in file:")
                .doesNotContain("written:");
        assertThat(bumped.exitCode()).as("%s", bumped).isZero();
        assertThat(bumped.out()).contains("registered: direction@1.1.0 in file:");
        assertThat(again.exitCode()).isEqualTo(Errors.FAILURE);
        assertThat(again.err()).contains("direction@1.0.0+int8 is there already");

        Path found = folder.resolve("found");
        assertThat(
                        CommandRun.of(
                                        "models",
                                        "download",
                                        "direction@1.0.0+int8",
                                        found.toString(),
                                        "--registry",
                                        registry)
                                .exitCode())
                .isZero();
        JsonNode provenance = JSON.readTree(found.resolve("provenance.json").toFile());
        assertThat(provenance.at("/quantized/from").asText()).isEqualTo("direction@1.0.0");
        assertThat(provenance.at("/quantized/from_sha256").asText())
                .isEqualTo(Sha256.of(Files.readAllBytes(network)));
        assertThat(provenance.at("/quantized/calibration_rows").intValue()).isEqualTo(1_000);
        JsonNode figures = JSON.readTree(found.resolve("metrics.json").toFile());
        assertThat(figures.get("original.accuracy").doubleValue()).isEqualTo(0.5);
        assertThat(figures.has("accuracy")).as("validated itself").isFalse();
        assertThat(
                        ValidatedMetrics.accuracy(
                                NamedNumbers.read(
                                        "metrics.json",
                                        Files.readAllBytes(found.resolve("metrics.json")))))
                .as("what it is held to")
                .isCloseTo(
                        0.5
                                + figures.get("quantization.after.accuracy").doubleValue()
                                - figures.get("quantization.before.accuracy").doubleValue(),
                        within(1e-12));
        assertThat(figures.get("quantization.before.log_loss").doubleValue()).isPositive();
        assertThat(figures.get("quantization.after.bytes").longValue())
                .isEqualTo(Files.size(found.resolve("model.onnx")));
        assertThat(figures.get("benchmark.int8.rows_32.rows_per_second").doubleValue())
                .isPositive();
    }

    @Test
    void registersNothingBeyondTheTolerance() throws Exception {
        Path registry = folder.resolve("registry");
        CommandRun run =
                quantize(
                        "--rows",
                        rows.toString(),
                        "--tolerance-classes",
                        "0",
                        "--register",
                        "--registry",
                        registry.toString());

        assertThat(run.exitCode()).as("%s", run).isEqualTo(Errors.FAILURE);
        assertThat(registry).doesNotExist();
        for (String[] contradiction :
                new String[][] {
                    {"--bump", "minor"},
                    {"--reason", "faster"},
                    {"--register", "--bump", "minor", "--version", "2.0.0"}
                }) {
            List<String> options = new ArrayList<>(List.of("--rows", rows.toString()));
            options.addAll(List.of(contradiction));
            assertThat(quantize(options.toArray(String[]::new)).exitCode()).isEqualTo(Errors.USAGE);
        }
    }

    private CommandRun quantizeRegistered(String registry, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "models",
                                "quantize",
                                "direction@1.0.0",
                                "--rows",
                                rows.toString(),
                                "--seconds",
                                "0.02",
                                "--registry",
                                registry));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void writesNothingBeyondTheTolerance() throws Exception {
        CommandRun run = quantize("--rows", rows.toString(), "--tolerance-classes", "0");

        assertThat(run.exitCode()).as("%s", run).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("REFUSED, nothing is written: the class changes in ")
                .contains("tolerated are 0.00 %")
                .contains("--tolerance-classes");
        assertThat(folder.resolve("network-int8.onnx")).doesNotExist();
    }

    @Test
    void saysHowToComeByRows() throws Exception {
        assertThat(quantize().exitCode()).isEqualTo(Errors.USAGE);
        refuses("cannot read --rows", "--rows", folder.resolve("nowhere.csv").toString());
        Files.writeString(rows, "x0,x2\n1,2\n");
        refuses(
                "lacks 14 of the model's 16 columns, the first of them x1",
                "--rows",
                rows.toString());
        TestModels.rows(folder, 99, COLUMNS, null);
        refuses("there are 99 rows", "--rows", rows.toString());
        TestModels.rows(folder, 200, COLUMNS, "SIDEWAYS");
        refuses("line 2: label 'SIDEWAYS' is no class", "--rows", rows.toString());
    }

    @Test
    void refusesToMeasureForNoTime() throws Exception {
        CommandRun run =
                CommandRun.of(
                        "models",
                        "quantize",
                        network.toString(),
                        "--rows",
                        rows.toString(),
                        "--seconds",
                        "0");
        assertThat(run.exitCode()).isEqualTo(Errors.USAGE);
        assertThat(run.err()).contains("--seconds 0.0 is not above 0");
    }

    @Test
    void leavesFilesAloneThatAreThere() throws Exception {
        Files.writeString(folder.resolve("network-int8.onnx"), "mine");
        refuses("there is a file", "--rows", rows.toString());
        Files.delete(folder.resolve("network-int8.onnx"));
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("signature.json"), "{}");
        refuses(
                "signature.json",
                "--rows",
                rows.toString(),
                "--out",
                other.resolve("new.onnx").toString());
        assertThat(other.resolve("new.onnx")).doesNotExist();
    }

    @Test
    void measuresModelsSideBySide() throws Exception {
        assertThat(quantize("--rows", rows.toString()).exitCode()).isZero();
        String quantized = folder.resolve("network-int8.onnx").toString();
        CommandRun table =
                CommandRun.of(
                        "models",
                        "benchmark",
                        network.toString(),
                        quantized,
                        "--rows",
                        rows.toString(),
                        "--batches",
                        "1,32",
                        "--seconds",
                        "0.02");

        assertThat(table.exitCode()).as("%s", table).isZero();
        assertThat(table.out().lines())
                .filteredOn(line -> line.contains("network"))
                .hasSize(6)
                .anySatisfy(line -> assertThat(line).startsWith("1 (calls of 2)"));

        CommandRun json =
                CommandRun.of(
                        "models",
                        "benchmark",
                        quantized,
                        "--batches",
                        "2",
                        "--seconds",
                        "0.02",
                        "-o",
                        "json");
        JsonNode speeds = JSON.readTree(json.out());
        assertThat(speeds.at("/0/bytes").longValue()).isEqualTo(Files.size(Path.of(quantized)));
        assertThat(speeds.at("/0/batches/0/rows").intValue()).isEqualTo(2);
        assertThat(speeds.at("/0/batches/0/rows_per_second").doubleValue()).isPositive();
    }

    @Test
    void refusesToMeasureWhatMakesNoSense() throws Exception {
        String model = network.toString();
        assertThat(CommandRun.of("models", "benchmark").exitCode()).isEqualTo(Errors.USAGE);
        assertThat(CommandRun.of("models", "benchmark", model, "--seconds", "0").exitCode())
                .isEqualTo(Errors.USAGE);
        CommandRun none = CommandRun.of("models", "benchmark", model, "--batches", "0");
        assertThat(none.exitCode()).isEqualTo(Errors.FAILURE);
        assertThat(none.err()).contains("rows at once are [0]");
        assertThat(CommandRun.of("models", "benchmark", "nowhere.onnx").err())
                .contains("there is no model file nowhere.onnx");
    }

    private void refuses(String reason, String... options) throws Exception {
        CommandRun run = quantize(options);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(Errors.FAILURE);
        assertThat(run.err().lines()).singleElement().asString().contains(reason);
    }

    private CommandRun quantize(String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of("models", "quantize", network.toString(), "--seconds", "0.02"));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
