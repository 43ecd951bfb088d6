package com.shivx.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.cli.WrittenProject.Build;
import com.shivx.cli.plugin.Plugins;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.jobs.wire.TickJson;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Role;
import com.shivx.models.contract.ContractFlags;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user's own features, from an empty folder to predictions: every line that the README has, and
 * how long they took, with the model that one of them trains.
 */
class OwnFeaturesITCase {

    private static final String[] NOTHING = {};

    @TempDir static Path shared;

    private static WrittenProject project;
    private static CommandRun training;
    private static Set<String> predictions;
    private static int vectors;
    private static final Map<String, Double> SECONDS = new LinkedHashMap<>();

    @TempDir Path folder;

    @BeforeAll
    static void buildTheProject() throws Exception {
        project = timed("shivx init", () -> WrittenProject.in(shared.resolve("features")));
        Build build = timed("./mvnw package", () -> project.build("package"));
        assertThat(build.exitCode()).as(build.output()).isZero();
        assertThat(build.output()).contains("Tests run: 7,", "Tests run: 5,");
        String[] registry = {"--registry", shared.resolve("registry").toString()};
        training = run(registry, "train");
        try (Plugins plugins = Plugins.open(project.target())) {
            assertThat(plugins.provides(WrittenProject.SET)).isTrue();
            score(
                    FeatureSets.byName(WrittenProject.SET),
                    ModelArtifact.read(
                            project.folder().resolve("trained/model.onnx"), ContractFlags.NONE));
        }
    }

    @AfterAll
    static void sayHowLongItTook() {
        StringJoiner parts = new StringJoiner(", ");
        SECONDS.forEach(
                (what, seconds) -> parts.add(String.format(Locale.ROOT, "%s %.1f", what, seconds)));
        System.out.printf(
                Locale.ROOT,
                "the written README, in seconds: %.1f (%s)%n",
                SECONDS.values().stream().mapToDouble(Double::doubleValue).sum(),
                parts);
    }

    private static <T> T timed(String what, Callable<T> step) throws Exception {
        long start = System.nanoTime();
        T result = step.call();
        SECONDS.merge(what, (System.nanoTime() - start) / 1e9, Double::sum);
        return result;
    }

    /** The line of the README that begins so, with more that keeps it away from other tests. */
    private static CommandRun run(String[] more, String begin) throws Exception {
        String[] line = with(more, project.command(begin));
        return timed("shivx " + begin, () -> CommandRun.of(line));
    }

    /** What must become of the ticks: by one thread, without Flink and Kafka. */
    private static void score(FeatureSet set, ModelArtifact artifact) throws Exception {
        SymbolFeatures kernel = new SymbolFeatures(set);
        Map<String, SymbolState> states = new HashMap<>();
        PredictionJson json = new PredictionJson();
        int spread = set.indexOf("roll_spread_bps");
        int spreads = 0;
        predictions = new TreeSet<>();
        try (OnnxModel model = ModelLoader.DEFAULT.load(artifact);
                BatchScorer scorer = model.newScorer(1)) {
            for (Tick tick : ticks()) {
                SymbolState state = states.computeIfAbsent(tick.symbol(), s -> set.newState());
                FeatureVector vector = kernel.onTick(tick, state).vector();
                vectors += vector == null ? 0 : 1;
                if (vector != null && vector.ready()) {
                    spreads += vector.values()[spread] > 0 ? 1 : 0;
                    byte[] prediction =
                            json.write(
                                    scorer.score(vector.values())
                                            .prediction(0, vector, 0, Role.CHAMPION, true));
                    predictions.add(new String(prediction, UTF_8));
                }
            }
        }
        assertThat(predictions).hasSizeGreaterThan(1_000);
        assertThat(spreads).as("vectors with the user's own feature").isGreaterThan(1_000);
    }

    private static List<Tick> ticks() throws Exception {
        TickJson json = new TickJson();
        List<Tick> ticks = new ArrayList<>();
        Path file = project.folder().resolve("ticks.jsonl.gz");
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                ticks.add(json.read(line.getBytes(UTF_8), 0, ticks.size()));
            }
        }
        return ticks;
    }

    @Test
    void listsAndDescribesTheSet() throws Exception {
        CommandRun list = run(NOTHING, "features list");
        CommandRun description = run(NOTHING, "features describe");

        assertThat(list.exitCode()).as(list.toString()).isZero();
        assertThat(list.out()).contains("market-v1", WrittenProject.SET);
        assertThat(description.exitCode()).as(description.toString()).isZero();
        assertThat(description.out())
                .startsWith(WrittenProject.SET + "  ")
                .contains("roll_spread_bps", "spread_bps", "queue_imbalance", "log_return_10s");
        assertThat(CommandRun.of("features", "list").out()).doesNotContain(WrittenProject.SET);
    }

    @Test
    void backfillsItAndDescribesTheLog() throws Exception {
        String[] here = {"--dir", folder.toString(), "-D", "rest.bind-port=0"};
        CommandRun run = run(here, "run backfill");
        assertThat(run.exitCode()).as(run.toString()).isZero();

        CommandRun log = run(NOTHING, "log describe");
        assertThat(log.exitCode()).as(log.toString()).isZero();
        assertThat(log.out()).startsWith("features " + WrittenProject.SET);
        String[] json = {"-o", "json"};
        assertThat(CommandRun.of(with(json, project.command("log describe"))).out())
                .containsPattern("\"rows\" : " + vectors + "\\b");
    }

    @Test
    void trainsAModelToBeTriedAndSaysThatItIsNoMore() throws Exception {
        Path trained = project.folder().resolve("trained");
        assertThat(training.exitCode()).as(training.toString()).isEqualTo(1);
        assertThat(training.out())
                .contains(
                        "INCONCLUSIVE  mine",
                        "not registered: the report says why",
                        "INCONCLUSIVE: " + trained + "/model.onnx is for trying only",
                        "shivx demo --model %s/model.onnx --features %s"
                                .formatted(trained, WrittenProject.SET));
        assertThat(shared.resolve("registry")).doesNotExist();
        assertThat(Files.readString(trained.resolve("report.txt")))
                .startsWith("INCONCLUSIVE  mine");
        assertThat(trained.resolve("signature.json"))
                .content()
                .contains(WrittenProject.SET, "roll_spread_bps");

        CommandRun again = CommandRun.of(project.command("train"));
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err().lines())
                .singleElement()
                .asString()
                .contains(trained + " is there and not an empty folder; name another");
    }

    @Test
    void scoresAFileWithAModelOfIt() throws Exception {
        String[] more = {"--out", folder.resolve("found").toString(), "--ui-port", "0"};
        CommandRun run = run(more, "demo --ticks");

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out()).contains("It adds up.");
        List<String> found = Files.readAllLines(folder.resolve("found/predictions.jsonl"));
        assertThat(found).hasSameSizeAs(predictions);
        assertThat(new TreeSet<>(found)).isEqualTo(predictions);
        assertThat(Files.readAllLines(folder.resolve("found/features.jsonl"))).hasSize(vectors);
    }

    @Test
    void scoresASimulatedMarketWhileItGoesOn() throws Exception {
        String[] more = {"--out", folder.resolve("found").toString(), "--ui-port", "0"};
        String[] line = with(more, project.command("demo --plugins"));
        CommandRun run =
                timed(
                        "shivx demo, to the first predictions",
                        () -> {
                            CommandRun demo = CommandRun.start(line);
                            demo.awaitOut("Job          running");
                            BrokerProbe probe = new BrokerProbe(demo.kafka());
                            Until.holds(
                                    "a prediction",
                                    () -> !probe.committed("predictions").isEmpty());
                            return demo;
                        });
        run.interrupt();

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out()).contains("It adds up.");
        assertThat(Files.readAllLines(folder.resolve("found/predictions.jsonl")))
                .isNotEmpty()
                .allMatch(prediction -> prediction.contains("\"model_id\":\"mine\""));
    }

    @Test
    void scoresWhatComesOverKafkaWithAModelOfIt() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            String[] broker = {"--bootstrap-server", kafka.bootstrapServers()};
            assertThat(CommandRun.of(with(broker, "topics", "create")).exitCode()).isZero();
            String[] here = {"--dir", folder.toString(), "-D", "rest.bind-port=0"};
            String[] scoring = project.command("run scoring");
            scoring[scoring.length - 1] = kafka.bootstrapServers();

            String ticks = project.folder().resolve("ticks.jsonl.gz").toString();
            BrokerProbe probe = new BrokerProbe(kafka.bootstrapServers());
            CommandRun run =
                    timed(
                            "shivx run scoring, to the last prediction",
                            () -> {
                                CommandRun job = CommandRun.start(with(here, scoring));
                                job.awaitOut("ShivX scoring runs");
                                CommandRun replay =
                                        CommandRun.of(with(broker, "replay", "--ticks", ticks));
                                assertThat(replay.exitCode()).isZero();
                                Until.holds(
                                        "all predictions",
                                        () ->
                                                probe.committed("predictions").size()
                                                        >= predictions.size());
                                return job;
                            });
            run.interrupt();

            assertThat(run.exitCode()).as(run.toString()).isZero();
            assertThat(new TreeSet<>(probe.values("predictions"))).isEqualTo(predictions);
        }
    }

    @Test
    void theReadmeHasNoOtherLines() throws Exception {
        assertThat(project.commands())
                .hasSize(8)
                .allMatch(
                        line ->
                                line.matches(
                                        "shivx (features (list|describe)|run (backfill|scoring)|log describe"
                                                + "|demo --(ticks|plugins)|train) .*"));
    }

    @Test
    void saysWhatAClusterNeeds() throws Exception {
        String[] cluster = {"--target", "localhost:1"};
        CommandRun run = CommandRun.of(with(cluster, project.command("run scoring")));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains(WrittenProject.SET + " is in --plugins", "bin/flink run -C file:///");
    }

    /** A kernel that remembers what earlier runs have seen, and so knows what comes. */
    @Test
    void aFeatureFromTheFutureFailsTheWrittenTest() throws Exception {
        WrittenProject other = WrittenProject.in(folder.resolve("future"));
        Path kernel = other.source("main", "RollSpread");
        String honest = Files.readString(kernel);
        String line = "        double covariance = state[at + COVARIANCE] / state[at + WEIGHT];\n";
        String members = "    private static final int TRADES = 0;\n";
        assertThat(honest).contains(line, members);
        Files.writeString(
                kernel,
                honest.replace(
                                members,
                                members
                                        + "    private static final java.util.TreeMap<Long, Double> SEEN ="
                                        + " new java.util.TreeMap<>();\n")
                        .replace(
                                line,
                                line
                                        + """
                                        SEEN.put(now.micros(), now.price());
                                        var later = SEEN.ceilingEntry(now.micros() + 5_000_000);
                                        if (later != null) {
                                            return later.getValue();
                                        }
                                        """));

        Build build = other.build("test", "-Dtest=BounceV1Test");

        assertThat(build.exitCode()).as(build.output()).isNotZero();
        assertThat(build.output())
                .contains(
                        "BounceV1Test.noValueDependsOnLaterTicks",
                        "Feature roll_spread_bps of bounce-v1 is ",
                        "it sees the future or remembers another run");
    }

    private static String[] with(String[] last, String... first) {
        return Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new);
    }
}
