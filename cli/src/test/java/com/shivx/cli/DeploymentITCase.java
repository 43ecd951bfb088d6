package com.shivx.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.control.flink.FlinkLatencies;
import com.shivx.control.flink.FlinkRest;
import com.shivx.control.http.Latencies;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Prediction;
import com.shivx.models.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models deployed to a running demo, by the command and as its predictions tell it. */
class DeploymentITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INITIAL = "baseline-momentum";

    /** More minutes at fifty times the clock than the slowest machine needs. */
    private static final int TICKS_PER_SYMBOL = 60_000;

    @TempDir Path folder;

    private String bootstrapServers = "";

    @Test
    void goesFromCanaryToChampionWhileEveryRowIsAccountedFor() throws Exception {
        Path report = folder.resolve("report.json");
        TestTape tape = new TestTape(TICKS_PER_SYMBOL);
        Path ticks = tape.write(folder.resolve("ticks.jsonl"), 0, tape.ticks().size());
        CommandRun demo =
                CommandRun.start(
                        "demo",
                        "--ticks",
                        ticks.toString(),
                        "--speed",
                        "50",
                        "--json",
                        report.toString(),
                        "--out",
                        folder.resolve("out").toString(),
                        "--ui-port",
                        "0",
                        "-D",
                        allowed(),
                        "-D",
                        "serving.window=1 s",
                        "-D",
                        "metrics.fetcher.update-interval=1000");
        demo.awaitOut("Lifecycle    running");
        bootstrapServers = demo.kafka();
        Path mine = TestModels.version(folder, INITIAL, "1.0.0");
        try (SeenPredictions predictions = new SeenPredictions(bootstrapServers)) {
            predictions.await(INITIAL, "0.1.0", 0, Role.CHAMPION, true);

            CommandRun canary =
                    done(
                            "deploy",
                            mine.toString(),
                            "--canary",
                            "0.5",
                            "--expected-generation",
                            "0");
            assertThat(canary.out())
                    .contains(
                            "checked: baseline-momentum@1.0.0 takes 3 features of market-v1",
                            "copied: file:///",
                            "asked: canary for 50 % of the vectors, as request ",
                            "decided: generation 1 of baseline-momentum",
                            "serving: 2 of 2 subtasks",
                            "done: baseline-momentum@1.0.0 is deployed (canary for 50 % of the vectors)");
            predictions.await(INITIAL, "1.0.0", 1, Role.CANARY, true);
            predictions.await(INITIAL, "0.1.0", 1, Role.CHAMPION, true);
            predictions.await(INITIAL, "0.1.0", 1, Role.CHAMPION, false);

            CommandRun champion = done("deploy", mine.toString());
            assertThat(champion.out()).contains("there already: file:///", "generation 2 of");
            predictions.await(INITIAL, "1.0.0", 2, Role.CHAMPION, true);

            Path other = TestModels.version(folder, "direction", "3.0.0");
            done("deploy", other.toString(), "--symbols", "A");
            predictions.await("direction", "3.0.0", 1, Role.CHAMPION, true);

            assertThat(done("status").out())
                    .containsPattern(INITIAL + " +2 +alone +1.0.0 +- +- +\\* +2 of 2 subtasks\n")
                    .containsPattern("direction +1 +alone +3.0.0 +- +- +A +2 of 2 subtasks\n")
                    .containsPattern(INITIAL + " +0 +2 +1.0.0 +-\n")
                    .containsPattern("direction +1 +1 +3.0.0 +-\n");
        }
        Until.holds("their latency", () -> latency(demo.webUi()).p95Millis() != null);
        demo.interrupt();

        assertThat(demo.exitCode()).as(demo.toString()).isZero();
        List<Prediction> all = predictions(folder.resolve("out/predictions.jsonl"));
        haveOneServedOfEachVector(all);
        JsonNode found = JSON.readTree(report.toFile());
        assertThat(found.get("addsUp").asBoolean()).isTrue();
        assertThat(found.at("/served/" + INITIAL).asLong())
                .isEqualTo(
                        all.stream()
                                .filter(each -> each.served() && each.modelId().equals(INITIAL))
                                .count());
        assertThat(found.at("/servedOfPart/direction").asLong())
                .isEqualTo(all.stream().filter(each -> each.modelId().equals("direction")).count())
                .isPositive();
        assertThat(demo.out()).contains("direction, deployed meanwhile or for some symbols");
    }

    private static Latencies.Latency latency(URI webUi) {
        return new FlinkLatencies(new FlinkRest(webUi), ScoringJob.NAME, InstantSource.system())
                .of(INITIAL);
    }

    /** And in a canary the champion scores what the canary serves, too. */
    private static void haveOneServedOfEachVector(List<Prediction> all) {
        Map<String, List<Prediction>> byVector =
                all.stream()
                        .collect(
                                Collectors.groupingBy(
                                        each -> each.modelId() + " " + each.vectorId()));
        assertThat(byVector.values())
                .allMatch(each -> each.stream().filter(Prediction::served).count() == 1);
        assertThat(byVector.values())
                .filteredOn(each -> each.get(0).generation() == 1 && isOfInitial(each))
                .isNotEmpty()
                .allMatch(each -> each.size() == 2)
                .allMatch(each -> each.get(0).role() != each.get(1).role())
                .allMatch(each -> each.stream().noneMatch(one -> one.role() == Role.SHADOW));
    }

    private static boolean isOfInitial(List<Prediction> ofOneVector) {
        return ofOneVector.get(0).modelId().equals(INITIAL);
    }

    private static List<Prediction> predictions(Path file) throws IOException {
        PredictionJson json = new PredictionJson();
        List<Prediction> all = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            all.add(json.read(line.getBytes(UTF_8)));
        }
        return all;
    }

    private String allowed() {
        return "models.allowed-uris=" + folder.resolve("models");
    }

    /** A command that does what it is asked. */
    private CommandRun done(String command, String... more) throws Exception {
        String[] first = {
            "models", command, "--bootstrap-server", bootstrapServers, "-D", allowed()
        };
        CommandRun run =
                CommandRun.of(
                        Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.err()).isEmpty();
        return run;
    }
}
