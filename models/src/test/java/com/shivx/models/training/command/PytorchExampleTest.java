package com.shivx.models.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.shivx.models.training.HeldOutLoss;
import com.shivx.models.training.Rows;
import com.shivx.models.training.SampleRows;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.TrainingTask;
import com.shivx.models.training.export.CheckedExport;
import com.shivx.models.training.export.ExportGate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The example in {@code docs/examples} where there is a Python with torch and onnx: a virtual
 * environment named by {@code -Dshivx.python} or {@code SHIVX_PYTHON}. Skipped visibly without.
 */
class PytorchExampleTest {

    private static final SampleRows SAMPLE = SampleRows.ORDINARY;

    private static String command = "";

    @BeforeAll
    static void findsPython() throws Exception {
        @Nullable String named = System.getProperty("shivx.python", System.getenv("SHIVX_PYTHON"));
        assumeTrue(
                named != null,
                "SKIPPED: no Python with torch; name a virtual environment with -Dshivx.python");
        Path python = Path.of(named, "bin", "python");
        assumeTrue(Files.isExecutable(python), "SKIPPED: no " + python);
        int code =
                new ProcessBuilder(python.toString(), "-c", "import torch, onnx, numpy")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        assumeTrue(code == 0, "SKIPPED: " + python + " lacks torch, onnx or numpy");
        Path script =
                Path.of(System.getProperty("shivx.root", ".."), "docs/examples/train_pytorch.py");
        command = "'" + python + "' '" + script.toAbsolutePath().normalize() + "'";
    }

    static Stream<TrainingTask> tasks() {
        Map<String, String> parameters =
                Map.of("epochs", "15", "batch", "64", "timeout_seconds", "300");
        return Stream.of(
                SampleRows.directions(parameters, 3), TrainingTask.regression(parameters, 3));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void learnsAndPassesTheGate(TrainingTask task) throws Exception {
        List<String> lines = new ArrayList<>();
        Rows test = SAMPLE.rows(task, 2000, 4);
        float[] nothing = new float[test.count() * task.outputs()];
        Arrays.fill(nothing, task.classes().isEmpty() ? 0 : 1f / 3);
        try (TrainedModel model =
                new CommandTrainer(command)
                        .train(
                                task,
                                SAMPLE.rows(task, 3000, 1),
                                SAMPLE.rows(task, 1000, 2),
                                (done, total, line) -> lines.add(line))) {
            assertThat(lines).anyMatch(line -> line.startsWith("epoch 1 of 15, loss "));
            assertThat(model.summary()).startsWith("best epoch ");
            assertThat(model.answersMissing()).isTrue();
            CheckedExport export = ExportGate.export(model, SAMPLE.contract(task), test);
            assertThat(export.rows()).isGreaterThan(10_000);
            assertThat(HeldOutLoss.of(task, test, model.predict(test)))
                    .isLessThan(0.9 * HeldOutLoss.of(task, test, nothing));
        }
    }

    @Test
    void saysWhichParameterItDoesNotKnow() {
        TrainingTask task = SampleRows.directions(Map.of("epoch", "1"), 3);
        Rows rows = SAMPLE.rows(task, 100, 1);
        assertThatThrownBy(
                        () ->
                                new CommandTrainer(command)
                                        .train(task, rows, rows, (done, total, line) -> {}))
                .hasMessageContaining("parameter epoch is not known; use one of epochs, hidden");
    }
}
