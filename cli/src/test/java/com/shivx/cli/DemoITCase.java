package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code shivx demo} as a user runs it: a broker, a cluster, files in, files out. */
class DemoITCase {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static TestTape tape;

    @TempDir static Path shared;
    private static Path ticks;

    @TempDir Path folder;
    private Set<String> before;

    @BeforeAll
    static void writeTicks() throws Exception {
        tape = new TestTape(900);
        ticks = tape.write(shared.resolve("ticks.jsonl"), 0, tape.ticks().size());
    }

    @BeforeEach
    void rememberFolders() throws IOException {
        before = temporaryFolders();
    }

    @AfterEach
    void leavesNoFolderBehind() throws IOException {
        assertThat(temporaryFolders()).isEqualTo(before);
    }

    @Test
    void predictsAFileAccountsForEveryRowAndDoesSoAgain() throws Exception {
        CommandRun run = demo("first");

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("3 symbols", "It adds up.");
        JsonNode report = JSON.readTree(folder.resolve("first.json").toFile());
        assertThat(report.get("rows").asInt()).isEqualTo(tape.ticks().size() + 1);
        assertThat(report.get("predictions").asInt()).isEqualTo(tape.predictions().size());
        assertThat(report.get("notReady").asInt()).isEqualTo(tape.notReady());
        assertThat(report.get("setAside")).isEqualTo(JSON.readTree("{\"CROSSED\": 1}"));
        assertThat(report.get("deadLetters")).isEqualTo(JSON.readTree("{\"NOT_JSON\": 1}"));
        assertThat(report.at("/committed/uniqueIds")).isEqualTo(report.get("predictions"));
        assertThat(report.get("addsUp").asBoolean()).isTrue();
        assertThat(sorted("first/predictions.jsonl")).containsExactlyElementsOf(tape.predictions());
        assertThat(sorted("first/features.jsonl"))
                .hasSize(tape.predictions().size() + tape.notReady());
        assertThat(sorted("first/set-aside.jsonl")).hasSize(1);
        assertThat(sorted("first/dead-letters.jsonl"))
                .singleElement()
                .asString()
                .contains("\"NOT_JSON\"", '"' + TestTape.BAD_ROW + '"', "\"ticks.jsonl\"");

        assertThat(demo("second").exitCode()).isZero();

        for (String file : List.of("predictions", "features", "set-aside", "dead-letters")) {
            assertThat(sorted("second/" + file + ".jsonl"))
                    .isEqualTo(sorted("first/" + file + ".jsonl"));
        }
    }

    @Test
    void addsUpByTheJobsOwnCountWhereVectorsAreNotWritten() throws Exception {
        CommandRun run = demo("counted", "-D", "features.output=false");

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out()).contains("counted by the job", "It adds up.");
        JsonNode report = JSON.readTree(folder.resolve("counted.json").toFile());
        assertThat(report.get("notReady").asInt()).isEqualTo(tape.notReady());
        assertThat(sorted("counted/predictions.jsonl"))
                .containsExactlyElementsOf(tape.predictions());
        assertThat(folder.resolve("counted/features.jsonl")).isEmptyFile();
    }

    /**
     * What disturbs it here is a second writer: one prediction is in the topic twice. That it is
     * exactly one too many says that everything else adds up, in the midst of an endless feed.
     */
    @Test
    void endsInOrderAtCtrlCAndSaysWhatDoesNotAddUp() throws Exception {
        Path file = folder.resolve("report.json");
        CommandRun run =
                CommandRun.start(
                        "demo", "--speed", "1000", "--json", file.toString(), "--ui-port", "0");
        run.awaitOut("Job          running");
        BrokerProbe probe = new BrokerProbe(run.kafka());
        Until.holds("a prediction", () -> !probe.committed("predictions").isEmpty());
        probe.repeat(probe.committed("predictions").get(0));
        run.interrupt();

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        JsonNode report = JSON.readTree(file.toFile());
        assertThat(report.get("addsUp").asBoolean()).isFalse();
        assertThat(report.get("rows").asInt()).isGreaterThan(report.get("notReady").asInt());
        assertThat(run.out())
                .contains(
                        "does not add up: baseline-momentum in Kafka holds 1 more than the %,d rows read"
                                .formatted(report.get("rows").asInt()),
                        "does not add up: 1 of %,d predictions repeat an id"
                                .formatted(report.get("predictions").asInt()),
                        "It does not add up.");
    }

    @Test
    void trainsAFirstVersionOfTheMarketAndHoldsItAgainstOutcomes() throws Exception {
        Path file = folder.resolve("story.json");
        CommandRun run =
                CommandRun.start(
                        "demo", "--speed", "20", "--json", file.toString(), "--ui-port", "0");
        run.awaitOut("Accuracy     running; thresholds as shipped; horizon 5 s, ");
        BrokerProbe probe = new BrokerProbe(run.kafka());
        Until.holdsInTheEnd(
                "outcomes of the first version",
                () ->
                        probe.values("accuracy").stream()
                                .anyMatch(
                                        row ->
                                                row.contains("\"model_id\":\"sim-direction\"")
                                                        && !row.contains("\"known\":0,")));
        run.interrupt();

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("story: first version learns");
        JsonNode report = JSON.readTree(file.toFile());
        assertThat(report.get("addsUp").asBoolean()).isTrue();
        assertThat(report.at("/servedOfPart/sim-direction").asLong()).isPositive();
    }

    @Test
    void refusesAModelBeforeAnythingStarts() throws Exception {
        Path model = Files.writeString(folder.resolve("mine.onnx"), "no model");

        CommandRun run =
                CommandRun.of("demo", "--ticks", ticks.toString(), "--model", model.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains(model.toString(), "is no ONNX model");
        assertThat(run.out()).contains("Model        failed").doesNotContain("Kafka", "Flink");
    }

    @Test
    void namesAPortThatIsTakenAndTheOptionForAnother() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            String port = String.valueOf(other.getLocalPort());

            CommandRun kafka =
                    CommandRun.of("demo", "--ticks", ticks.toString(), "--kafka-port", port);
            CommandRun ui = CommandRun.of("demo", "--ticks", ticks.toString(), "--ui-port", port);

            assertThat(kafka.exitCode()).isEqualTo(1);
            assertThat(kafka.err().lines())
                    .singleElement()
                    .asString()
                    .contains("port " + port + " for Kafka is taken", "--kafka-port");
            assertThat(ui.exitCode()).isEqualTo(1);
            assertThat(ui.err().lines())
                    .singleElement()
                    .asString()
                    .contains("port " + port + " for Flink's Web UI is taken", "--ui-port");
        }
    }

    private CommandRun demo(String name, String... more) throws Exception {
        List<String> args =
                Stream.concat(
                                Stream.of(
                                        "demo",
                                        "--ticks",
                                        ticks.toString(),
                                        "--exit-when-done",
                                        "--json",
                                        folder.resolve(name + ".json").toString(),
                                        "--out",
                                        folder.resolve(name).toString(),
                                        "--ui-port",
                                        "0"),
                                Stream.of(more))
                        .toList();
        return CommandRun.of(args.toArray(String[]::new));
    }

    private Set<String> sorted(String file) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        TreeSet<String> sorted = new TreeSet<>(lines);
        assertThat(sorted).as("no line twice").hasSameSizeAs(lines);
        return sorted;
    }

    private static Set<String> temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("shivx-") && !name.endsWith(".jar"))
                    .collect(Collectors.toSet());
        }
    }
}
