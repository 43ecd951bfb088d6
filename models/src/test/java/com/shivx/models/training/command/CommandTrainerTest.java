package com.shivx.models.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.models.ModelRefusedException;
import com.shivx.models.contract.ModelContract;
import com.shivx.models.contract.OutputKind;
import com.shivx.models.graph.ServingGraph;
import com.shivx.models.testing.BadGraphs;
import com.shivx.models.testing.Graphs;
import com.shivx.models.training.Rows;
import com.shivx.models.training.SampleRows;
import com.shivx.models.training.TrainedModel;
import com.shivx.models.training.TrainingCancelledException;
import com.shivx.models.training.TrainingException;
import com.shivx.models.training.TrainingListener;
import com.shivx.models.training.TrainingTask;
import com.shivx.models.training.export.CheckedExport;
import com.shivx.models.training.export.ExportGate;
import com.shivx.models.training.linear.LinearTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are for a POSIX shell")
class CommandTrainerTest {

    private static final SampleRows SAMPLE = SampleRows.ORDINARY;
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path folder;
    private final TrainingTask task = SampleRows.directions(Map.of("depth", "3"), 11);
    private final Rows fit = SAMPLE.rows(task, 200, 1);
    private final Rows stop = SAMPLE.rows(task, 100, 2);
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void leavesNothingBehindFromBefore() throws IOException {
        assertThat(trainingFolders()).isEmpty();
    }

    private TrainedModel train(String command, Map<String, String> parameters)
            throws TrainingException {
        return new CommandTrainer(command)
                .train(task.with(parameters), fit, stop, (done, total, line) -> lines.add(line));
    }

    /** A shell function that is called with the folder. */
    private static String script(String body) {
        return "train() { " + body + "; }; train";
    }

    private Path model(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("made.onnx"), bytes);
    }

    private byte[] linear(List<String> columns) throws Exception {
        Rows renamed = Rows.of(columns, fit.values(), fit.targets());
        TrainingTask plain = SampleRows.directions(Map.of(), 1);
        ModelContract contract = SAMPLE.contract(plain);
        ModelContract named =
                new ModelContract(
                        "elsewhere",
                        "9.9.9",
                        contract.task(),
                        null,
                        null,
                        columns,
                        contract.classes(),
                        contract.actions(),
                        null,
                        true);
        try (TrainedModel model =
                new LinearTrainer().train(plain, renamed, renamed, TrainingListener.NONE)) {
            return model.toOnnx(named);
        }
    }

    private static List<Path> trainingFolders() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("shivx-training-"))
                    .toList();
        }
    }

    private static void await(BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begun).as("in time").isLessThan(SOON.toNanos());
            Thread.onSpinWait();
        }
    }

    @Test
    void takesTheModelThatTheCommandWrites() throws Exception {
        Path made = model(linear(SAMPLE.columns()));
        String copy = script("echo begin; cp '" + made + "' \"$1/model.onnx\"; echo learned 3 >&2");
        try (TrainedModel model = train(copy, Map.of())) {
            assertThat(lines).containsExactly("begin", "learned 3");
            assertThat(model.summary()).isEqualTo("learned 3");
            assertThat(model.answersMissing()).isTrue();
            assertThat(model.importance()).isEmpty();
            CheckedExport export =
                    ExportGate.export(model, SAMPLE.contract(task), SAMPLE.rows(task, 500, 3));
            assertThat(export.rows()).isGreaterThan(10_000);
            Map<String, String> metadata = ServingGraph.parse(export.artifact().bytes()).metadata();
            assertThat(metadata)
                    .containsEntry("shivx.model", "sample")
                    .doesNotContainKey("shivx.version")
                    .containsEntry("shivx.columns", "c0,c1,c2,c3,c4,c5");
        }
        assertThat(trainingFolders()).isEmpty();
    }

    @Test
    void givesTheCommandRowsAndTask() throws Exception {
        Path seen = folder.resolve("seen");
        String copy = script("cp -r \"$1\" '" + seen + "'");
        assertThatThrownBy(() -> train(copy, Map.of("depth", "3", "timeout_seconds", "60")))
                .hasMessageContaining("wrote no model.onnx and said nothing; run it by hand");
        assertThat(Files.readString(seen.resolve("task.json")))
                .contains("\"format\" : 1")
                .contains("\"task\" : \"classification\"")
                .contains("\"columns\" : [ \"c0\", \"c1\", \"c2\", \"c3\", \"c4\", \"c5\" ]")
                .contains("\"classes\" : [ \"DOWN\", \"FLAT\", \"UP\" ]")
                .contains("\"seed\" : 11")
                .contains("\"depth\" : \"3\"")
                .doesNotContain("timeout");
        assertThat(NpyReader.read(seen.resolve("fit-features.npy"), "(200, 6)"))
                .isEqualTo(fit.values());
        assertThat(NpyReader.read(seen.resolve("fit-targets.npy"), "(200,)"))
                .isEqualTo(fit.targets());
        assertThat(NpyReader.read(seen.resolve("stop-features.npy"), "(100, 6)"))
                .isEqualTo(stop.values());
    }

    @Test
    void saysWhatAFailingCommandSaidLast() throws Exception {
        String failing =
                script(
                        "for i in $(seq 1 40); do echo line $i; done; echo out of memory >&2; exit 3");
        assertThatThrownBy(() -> train(failing, Map.of()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("ended with code 3, its last words: line 22 | line 23")
                .hasMessageContaining("line 40 | out of memory; run it by hand");
        assertThatThrownBy(() -> train("no-such-program-anywhere", Map.of()))
                .hasMessageContaining("ended with code 127")
                .hasMessageContaining("not found");
        assertThat(trainingFolders()).isEmpty();
    }

    @Test
    void cutsLinesWithoutEnd() {
        assertThatThrownBy(
                        () ->
                                train(
                                        script("head -c 3000000 /dev/zero | tr '\\0' x; exit 1"),
                                        Map.of()))
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(2000))
                .hasMessageContaining("xxxx");
    }

    @Test
    void killsACommandThatHangsWithAllThatItStarted() throws Exception {
        Path pid = folder.resolve("pid");
        String hanging =
                script("sleep 600 & echo $! > '" + pid + "'; echo epoch 1; wait; sleep 600");
        assertThatThrownBy(() -> train(hanging, Map.of("timeout_seconds", "1")))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("did not end within PT1S, its last words: epoch 1");
        long child = Long.parseLong(Files.readString(pid).strip());
        await(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(trainingFolders()).isEmpty();
    }

    @Test
    void isCalledOffByItsListener() throws Exception {
        AtomicBoolean begun = new AtomicBoolean();
        TrainingListener impatient =
                new TrainingListener() {
                    @Override
                    public void onProgress(int done, int total, String message) {
                        begun.set(true);
                    }

                    @Override
                    public boolean isCancelled() {
                        return begun.get();
                    }
                };
        assertThatThrownBy(
                        () ->
                                new CommandTrainer(script("echo epoch 1; sleep 600"))
                                        .train(task, fit, stop, impatient))
                .isInstanceOf(TrainingCancelledException.class);
        assertThat(trainingFolders()).isEmpty();
    }

    @Test
    void isCalledOffByAnInterrupt() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> train("sleep 600 #", Map.of()))
                .isInstanceOf(TrainingCancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(trainingFolders()).isEmpty();
    }

    @Test
    void refusesWhatIsNoModel() throws Exception {
        assertThatThrownBy(
                        () ->
                                train(
                                        script("echo done; echo garbage > \"$1/model.onnx\""),
                                        Map.of()))
                .isInstanceOf(TrainingException.class)
                .hasCauseInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("wrote a model that cannot serve")
                .hasMessageContaining("its last words: done");
        assertThatThrownBy(() -> train(script(": > \"$1/model.onnx\""), Map.of()))
                .hasMessageContaining("has 0 bytes");
        assertThatThrownBy(() -> train(script("mkdir \"$1/model.onnx\""), Map.of()))
                .hasMessageContaining("is no file");
    }

    @Test
    void refusesAModelOfOtherColumns() throws Exception {
        Path renamed = model(linear(List.of("c1", "c0", "c2", "c3", "c4", "c5")));
        assertThatThrownBy(() -> train(script("cp '" + renamed + "' \"$1/model.onnx\""), Map.of()))
                .hasMessageContaining("columns is c0,c1,c2,c3,c4,c5 by --columns")
                .hasMessageContaining("and c1,c0,c2,c3,c4,c5 by metadata_props");
        Path narrow = model(Graphs.softmax(4).toBytes());
        assertThatThrownBy(() -> train(script("cp '" + narrow + "' \"$1/model.onnx\""), Map.of()))
                .hasMessageContaining("its input takes 4 columns");
    }

    @Test
    void refusesNumbersThatAreNoProbabilities() throws Exception {
        byte[] whole = linear(SAMPLE.columns());
        Path margins =
                model(
                        BadGraphs.edited(
                                whole,
                                file -> {
                                    var graph = file.getGraphBuilder();
                                    int last = graph.getNodeCount() - 1;
                                    String input = graph.getNode(last).getInput(0);
                                    graph.removeNode(last);
                                    graph.getOutputBuilder(0).setName(input);
                                    return file;
                                }));
        assertThatThrownBy(() -> train(script("cp '" + margins + "' \"$1/model.onnx\""), Map.of()))
                .hasMessageContaining("ordinary rows gave " + OutputKind.PROBABILITIES.promise());
    }

    @Test
    void checksItsOwnParameterAlone() {
        assertThatThrownBy(() -> train("true", Map.of("timeout_seconds", "soon")))
                .hasMessageContaining(
                        "parameter timeout_seconds is 'soon'; make it a whole number");
        assertThatThrownBy(() -> new CommandTrainer(" ")).hasMessageContaining("command is empty");
    }
}
