package com.shivx.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.features.Feature;
import com.shivx.features.FeatureSets;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.testing.MlflowServer;
import com.shivx.models.testing.PythonScript;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models that Python has made, exported and registered without a word of ShivX, in a running job.
 * {@code foreign_models.py} is all that their makers have done; what their files do not say, the
 * commands are told.
 */
class ForeignModelsITCase {

    /** Three equal parts: to learn from, to score, and to score after the alias has moved. */
    private static final int TICKS_PER_SYMBOL = 2_400;

    /** Single precision, added up over ten trees or a few layers. */
    private static final double TOLERANCE = 1e-5;

    private static final String FIRST = "0.0.1";
    private static final String SECOND = "0.0.2";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;
    @TempDir private Path pickles;

    private MlflowServer server;
    private RunningJobs jobs;

    @Test
    void serveWhatTheirOwnLibrariesAnswer() throws Exception {
        server = MlflowServer.start(folder);
        try (MlflowServer stopped = server;
                RunningJobs closed = new RunningJobs(folder)) {
            jobs = closed;
            TestTape tape = new TestTape(TICKS_PER_SYMBOL);
            replay(tape, 0);
            List<String> models = train();
            for (String model : models) {
                deploy(model);
            }
            int learnt = jobs.readyVectorIds().size();
            replay(tape, 1);
            int scored = jobs.readyVectorIds().size() - learnt;
            followTheAlias();
            replay(tape, 2);
            int scoredSince = jobs.readyVectorIds().size() - learnt - scored;

            Map<String, double[]> expected = scoreInPython();
            for (String model : models) {
                List<Prediction> served = jobs.predictions(model);
                assertThat(served).as(model).hasSize(scored + scoredSince);
                assertThat(served)
                        .filteredOn(each -> each.modelVersion().equals(SECOND))
                        .as("of the version that the alias moved to")
                        .hasSize(model.equals("sk") ? scoredSince : 0);
                areWhatPythonSays(model, served, expected);
            }
        }
    }

    private static void areWhatPythonSays(
            String model, List<Prediction> served, Map<String, double[]> expected) {
        assertThat(served).allSatisfy(ForeignModelsITCase::isAnswered);
        double furthest =
                served.stream().mapToDouble(each -> distance(each, expected)).max().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%s: %d predictions, at most %.1e from Python's%n",
                model,
                served.size(),
                furthest);
        assertThat(furthest).as(model).isLessThanOrEqualTo(TOLERANCE);
        assertThat(served.stream().map(Prediction::prediction).distinct())
                .as("%s decides", model)
                .hasSizeGreaterThan(1);
    }

    /** A third of the tape, and all that becomes of it. */
    private void replay(TestTape tape, int third) throws Exception {
        int size = tape.ticks().size() / 3;
        Path file = folder.resolve("ticks-%d.jsonl".formatted(third));
        tape.write(file, third * size, (third + 1) * size);
        jobs.done("replay", "--ticks", file.toString());
        jobs.awaitAllScored();
    }

    /** The models that Python has made of what the job has made of ticks. */
    private List<String> train() throws Exception {
        String printed = python("train", server.uri(), vectors().toString(), pickles.toString());
        List<String> made = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            if (line.startsWith("SKIPPED")) {
                System.out.println(line);
            } else if (line.endsWith("@" + FIRST)) {
                made.add(line.substring(0, line.indexOf('@')));
            }
        }
        assertThat(made).contains("sk", "lgbm", "xgb");
        return made;
    }

    private void deploy(String model) throws Exception {
        CommandRun run = jobs.done(with("models", "deploy", model + "@" + FIRST));
        assertThat(run.out())
                .contains("checked: %s@%s takes 35 features".formatted(model, FIRST))
                .contains("answers DOWN, FLAT, UP")
                .contains("serving: 2 of 2 subtasks")
                .contains("in production: %s@%s in %s".formatted(model, FIRST, server.uri()));
    }

    /** What a click in MLflow's own pages does. */
    private void followTheAlias() throws Exception {
        CommandRun follow = jobs.start(with("models", "follow", "sk", "--every", "200ms"));
        follow.awaitOut("following: production in " + server.uri());
        HttpRequest move =
                HttpRequest.newBuilder(
                                URI.create(
                                        server.uri() + "/api/2.0/mlflow/registered-models/alias"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"name\": \"sk\", \"alias\": \"production\", \"version\": \"2\"}"))
                        .build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(move, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        follow.awaitOut("done: sk@%s is deployed".formatted(SECOND));
        assertThat(jobs.deployment("sk").champion().version()).isEqualTo(SECOND);
        follow.interrupt();
        assertThat(follow.exitCode()).as(follow.toString()).isZero();
        assertThat(follow.err()).isEmpty();
    }

    /** What Python's own models say of the very vectors, by the id of the prediction. */
    private Map<String, double[]> scoreInPython() throws Exception {
        Map<String, double[]> rows = new HashMap<>();
        String printed = python("score", vectors().toString(), pickles.toString());
        for (String line : printed.lines().toList()) {
            JsonNode row = JSON.readTree(line);
            double[] probabilities = new double[3];
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = row.at("/probabilities/" + i).asDouble();
            }
            rows.put(row.get("prediction_id").asText(), probabilities);
        }
        return rows;
    }

    private static void isAnswered(Prediction each) {
        assertThat(each.status()).isEqualTo(PredictionStatus.OK);
        assertThat(each.served()).isTrue();
        assertThat(each.classes()).containsExactly("DOWN", "FLAT", "UP");
    }

    /** The largest difference of a probability; infinite where Python has none. */
    private static double distance(Prediction each, Map<String, double[]> expected) {
        double[] theirs = expected.getOrDefault(each.predictionId(), new double[0]);
        float[] ours = each.probabilities();
        double furthest = theirs.length == ours.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < theirs.length && i < ours.length; i++) {
            furthest = Math.max(furthest, Math.abs(theirs[i] - ours[i]));
        }
        return furthest;
    }

    /** All vectors that the job has made so far, as it has written them. */
    private Path vectors() throws IOException {
        List<String> lines = jobs.vectors().stream().map(JsonNode::toString).toList();
        return Files.write(folder.resolve("vectors.jsonl"), lines);
    }

    private String python(String... arguments) throws Exception {
        try (InputStream script = getClass().getResourceAsStream("/python/foreign_models.py")) {
            return PythonScript.run(
                    folder,
                    new String(Objects.requireNonNull(script).readAllBytes(), UTF_8),
                    arguments);
        }
    }

    /** With what the files do not say. */
    private String[] with(String... args) {
        List<String> columns =
                FeatureSets.byName("market-v1").features().stream().map(Feature::name).toList();
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(
                List.of(
                        "--registry",
                        server.uri(),
                        "--features",
                        "market-v1",
                        "--columns",
                        String.join(",", columns),
                        "--classes",
                        "DOWN,FLAT,UP"));
        return all.toArray(String[]::new);
    }
}
