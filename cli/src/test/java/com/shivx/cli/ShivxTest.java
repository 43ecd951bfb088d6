package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What every command owes its user: help, a version, and a line where it is used wrongly. */
class ShivxTest {

    @TempDir Path folder;

    /** The words of every command there is, the root's being none. */
    static Stream<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        collect(Shivx.commandLine(), List.of(), commands);
        return commands.stream();
    }

    private static void collect(CommandLine command, List<String> words, List<List<String>> into) {
        into.add(words);
        command.getSubcommands()
                .forEach(
                        (name, sub) ->
                                collect(
                                        sub,
                                        Stream.concat(words.stream(), Stream.of(name)).toList(),
                                        into));
    }

    @Test
    void hasTheCommandsOfTheReadme() {
        assertThat(commands())
                .contains(
                        List.of(),
                        List.of("demo"),
                        List.of("replay"),
                        List.of("run", "scoring"),
                        List.of("run", "backfill"),
                        List.of("run", "lifecycle"),
                        List.of("run", "accuracy"),
                        List.of("train"),
                        List.of("models", "validate"),
                        List.of("run", "log"),
                        List.of("log", "describe"),
                        List.of("models", "deploy"),
                        List.of("models", "rollout", "status"),
                        List.of("models", "rollout", "abort"),
                        List.of("models", "ab-report"),
                        List.of("retrain"),
                        List.of("schedule", "set"),
                        List.of("schedule", "list"),
                        List.of("schedule", "remove"),
                        List.of("models", "status"),
                        List.of("models", "quantize"),
                        List.of("models", "benchmark"),
                        List.of("features", "list"),
                        List.of("features", "describe"),
                        List.of("init"),
                        List.of("topics", "create"),
                        List.of("options"),
                        List.of("generate-completion"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHelps(List<String> words) throws Exception {
        CommandRun run = run(words, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith(
                        "Usage: shivx" + String.join("", words.stream().map(w -> " " + w).toList()))
                .contains("--help", "--version", "--stacktrace");
    }

    /** The version of these is the model's. */
    private static final Set<List<String>> OF_A_MODEL_VERSION =
            Set.of(
                    List.of("models", "deploy"),
                    List.of("models", "register"),
                    List.of("models", "quantize"));

    static Stream<List<String>> commandsThatHaveNoVersionOfTheirOwn() {
        return commands().filter(words -> !OF_A_MODEL_VERSION.contains(words));
    }

    /** What a command cannot do without, by its last word. */
    private static final Map<String, List<String>> REQUIRED =
            Map.ofEntries(
                    Map.entry("init", List.of("here")),
                    Map.entry("describe", List.of("market-v1")),
                    Map.entry("deploy", List.of("m.onnx")),
                    Map.entry("register", List.of("m.onnx")),
                    Map.entry("show", List.of("m@dev")),
                    Map.entry("download", List.of("m@dev", "here")),
                    Map.entry("compare", List.of("m@dev", "m@staging")),
                    Map.entry("validate", List.of("m@dev", "m@staging")),
                    Map.entry("promote", List.of("m@dev", "--to", "staging")),
                    Map.entry("rollback", List.of("m")),
                    Map.entry("audit", List.of("m")),
                    Map.entry("ab-report", List.of("m")),
                    Map.entry("pause", List.of("m")),
                    Map.entry("resume", List.of("m")),
                    Map.entry("abort", List.of("m")),
                    Map.entry("retrain", List.of("--model", "m")),
                    Map.entry("set", List.of("n", "--model", "m", "--times", "daily 06:30")),
                    Map.entry("remove", List.of("n", "--model", "m")),
                    Map.entry("check", List.of("--model", "m.onnx", "--data", "rows.csv")),
                    Map.entry("quantize", List.of("m.onnx", "--rows", "rows.csv")),
                    Map.entry("benchmark", List.of("m.onnx")));

    private static List<String> required(List<String> words) {
        return words.equals(List.of("models", "rollout", "promote"))
                ? List.of("m")
                : REQUIRED.getOrDefault(words.get(words.size() - 1), List.of());
    }

    @ParameterizedTest
    @MethodSource("commandsThatHaveNoVersionOfTheirOwn")
    void everyCommandKnowsTheVersion(List<String> words) throws Exception {
        CommandRun run = run(words, "--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().strip()).isEqualTo(Shivx.VERSION);
        assertThat(Files.readString(Path.of(System.getProperty("shivx.root", ".."), "pom.xml")))
                .contains("<version>" + Shivx.VERSION.substring("shivx ".length()) + "</version>");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandRefusesWhatItDoesNotKnow(List<String> words) throws Exception {
        List<String> all = new ArrayList<>(words);
        if (!words.isEmpty()) {
            all.addAll(required(words));
        }
        CommandRun run = run(all, "--xyzzy");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("error: ").contains("--xyzzy"),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "see '%s --help'"
                                                        .formatted(
                                                                String.join(
                                                                        " ",
                                                                        Stream.concat(
                                                                                        Stream.of(
                                                                                                "shivx"),
                                                                                        words
                                                                                                .stream())
                                                                                .toList()))));
    }

    @ParameterizedTest
    @CsvSource({
        "'', which command?",
        "run, which job?",
        "features, which command?",
        "log, which command?",
        "topics, which command?"
    })
    void aGroupOfCommandsAsksWhichOne(String command, String question) throws Exception {
        CommandRun run = CommandRun.of(words(command));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("error: " + question),
                        line -> assertThat(line).startsWith("see 'shivx").endsWith("--help'"));
    }

    @Test
    void suggestsTheCommandThatWasMeant() throws Exception {
        CommandRun run = CommandRun.of("optoins");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("optoins", "shivx options");
    }

    /** Before anything starts, and so before anything is printed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo --kafka-port 65536 | --kafka-port",
                "demo --kafka-port -1 | '-1' is no port; write 1 to 65535, or 0 for any free one",
                "demo --ui-port 99999 | --ui-port",
                "demo --ui-port web | 'web' is no port",
                "demo --ui-port 4711 --kafka-port 4711 | are both 4711",
                "demo --speed fast | a speed is a positive number or max",
                "demo --exit-when-done | --exit-when-done needs --ticks",
                "demo --until over | 'over' is no end of a story; write promoted or rolled-back",
                "demo --until promoted --break-model | goes with --until rolled-back",
                "demo --ticks x --until promoted | --until is for the simulated market's story",
                "demo --ticks x --break-model | --break-model is for the simulated market's story",
                "demo --seed x | --seed",
                "demo --zone Atlantis | 'Atlantis' is no time zone",
                "demo --zone UTC | --zone is for files: name them with --ticks",
                "demo --symbol A | --symbol is for files: name them with --ticks",
                "replay --format csv | --format is for files: name them with --ticks",
                "replay --format parquet | there are binance-trades",
                "replay --ticks x --seed 2 | --seed is the simulated market's",
                "demo -D kafka.partitions=many | option kafka.partitions has the value 'many'",
                "demo -D feature.set=x | did you mean 'features.set'",
                "run scoring -D kafak.partitions=1 | did you mean 'kafka.partitions'",
                "run scoring --target flink | 'flink' is neither local nor HOST:PORT",
                "run scoring --target flink:web | neither local nor HOST:PORT",
                "run scoring --config nowhere.yaml | cannot read the options in nowhere.yaml",
                "topics create --partitions some | --partitions",
                "features list -o yaml | -o",
            })
    void namesTheArgumentThatIsWrong(String command, String message) throws Exception {
        CommandRun run = CommandRun.of(words(command));

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("error: ").contains(message),
                        line -> assertThat(line).startsWith("see 'shivx"));
    }

    @Test
    void looksAtWhereResultsGoBeforeAnythingStarts() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "mine");
        Path ticks = new TestTape(900).write(folder.resolve("ticks.jsonl"), 0, 10);

        CommandRun json =
                CommandRun.of("demo", "--ticks", ticks.toString(), "--json", folder.toString());
        CommandRun out =
                CommandRun.of("demo", "--ticks", ticks.toString(), "--out", file + "/results");
        CommandRun config = CommandRun.of("replay", "--command-config", folder + "/none");

        assertThat(json.err().strip())
                .isEqualTo(
                        "error: cannot write to --json %s (Is a directory); name another file"
                                .formatted(folder));
        assertThat(out.err().lines())
                .singleElement()
                .asString()
                .startsWith("error: cannot write to --out " + file + "/results (")
                .endsWith("); name another folder");
        assertThat(config.err().strip())
                .isEqualTo(
                        "error: cannot read --command-config %s/none (no such file or folder: %s/none); name a properties file"
                                .formatted(folder, folder));
        assertThat(List.of(json, out, config))
                .allSatisfy(
                        run -> {
                            assertThat(run.exitCode()).isEqualTo(1);
                            assertThat(run.out()).doesNotContain("Input", "Kafka");
                        });
        assertThat(file).hasContent("mine");
    }

    @Test
    void showsWhereAnErrorComesFromWhenAsked() throws Exception {
        CommandRun run = CommandRun.of("demo", "--json", folder.toString(), "--stacktrace");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("error: cannot write to --json", "\tat com.shivx.cli.");
    }

    @Test
    void printsACompletionThatTheShellTakes() throws Exception {
        CommandRun run = CommandRun.of("generate-completion");
        Path script = Files.writeString(folder.resolve("completion"), run.out());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("--exit-when-done", "complete -F");
        assertThat(new ProcessBuilder("bash", "-n", script.toString()).start().waitFor()).isZero();
    }

    private static CommandRun run(List<String> words, String last) throws Exception {
        return CommandRun.of(Stream.concat(words.stream(), Stream.of(last)).toArray(String[]::new));
    }

    private static String[] words(String command) {
        return Arrays.stream(command.split(" "))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }
}
