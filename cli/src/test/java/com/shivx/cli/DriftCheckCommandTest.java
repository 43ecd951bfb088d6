package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.features.FeatureVector;
import com.shivx.models.testing.DirectionModels;
import com.shivx.models.testing.MeasuredDirection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftCheckCommandTest {

    private static final String HEADER = "log_return_1s,log_return_10s,log_return_60s";

    @TempDir private Path folder;

    private Path model;

    @BeforeEach
    void writeAModelWithItsReference() throws IOException {
        DirectionModels.write(folder, "1.0.0", DirectionModels.constant("1.0.0", 0.4f));
        model = folder.resolve("1.0.0.onnx");
        Files.write(folder.resolve("reference.json"), MeasuredDirection.reference());
    }

    @Test
    void quietRowsAreNotBeyondAndShiftedOnesAre() throws Exception {
        CommandRun quiet = check(rows(3_000, 0));
        assertThat(quiet.exitCode()).as(quiet.toString()).isZero();
        assertThat(quiet.out())
                .contains("direction@1.0.0: 0 of 3 judged columns beyond, by KS; 3000 rows")
                .contains("PT1M");

        CommandRun shifted = check(rows(3_000, 0.5));
        assertThat(shifted.exitCode()).isEqualTo(1);
        assertThat(shifted.out().lines().skip(1))
                .first()
                .asString()
                .as("the furthest first")
                .startsWith("log_return_1s")
                .contains("WARN");
        assertThat(shifted.out()).contains("1 of 3 judged columns beyond");
    }

    @Test
    void aShiftThatPsiDoesNotSeeIsForProgramsToo() throws Exception {
        CommandRun run = check(rows(3_000, 0.25), "--method", "psi", "-o", "json");

        assertThat(run.exitCode()).as(run.toString()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("method").asText()).isEqualTo("PSI");
        assertThat(json.get("beyond").asInt()).isZero();
        assertThat(json.get("columns")).hasSize(3);
        JsonNode first = json.get("columns").get(0);
        assertThat(first.get("name").asText()).isEqualTo("log_return_1s");
        assertThat(first.get("verdict").asText()).isEqualTo("WARN");
        assertThat(first.get("psi_level").asText()).isNotEqualTo("SIGNIFICANT");
        assertThat(check(rows(3_000, 1), "--method", "psi").exitCode()).isEqualTo(1);
    }

    @Test
    void tooFewRowsAreNoPass() throws Exception {
        CommandRun run = check(rows(50, 0));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("INSUFFICIENT").contains("too little to tell");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Files.delete(folder.resolve("reference.json"));
        CommandRun run = check(rows(50, 0));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("has no reference.json to be compared with");
        assertThat(CommandRun.of("drift", "check", "--model", "a.onnx").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("drift").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("accuracy").exitCode()).isEqualTo(2);
    }

    private CommandRun check(Path data, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "drift",
                                "check",
                                "--model",
                                model.toString(),
                                "--data",
                                data.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** Later than those of the reference. */
    private Path rows(int count, double shift) throws IOException {
        StringBuilder csv = new StringBuilder(HEADER).append('\n');
        for (int row = 0; row < count; row++) {
            FeatureVector vector = MeasuredDirection.vector(100_000 + row, shift);
            for (int i = 0; i < 3; i++) {
                int place = MeasuredDirection.SET.indexOf(HEADER.split(",")[i]);
                csv.append(i == 0 ? "" : ",").append(vector.values()[place]);
            }
            csv.append('\n');
        }
        return Files.writeString(folder.resolve("rows.csv"), csv);
    }
}
