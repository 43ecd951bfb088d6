package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.cli.kafka.TopicCreation;
import com.shivx.jobs.LifecycleJob;
import com.shivx.jobs.ScoringJob;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Prediction;
import com.shivx.models.deployment.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The scoring job and the lifecycle job as they ship, with a broker, for commands to work on. */
final class RunningJobs implements AutoCloseable {

    /** The model that the scoring job starts with. */
    static final String INITIAL = "baseline-momentum";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path models;
    private final EmbeddedKafka kafka;
    private final EmbeddedFlink flink;
    private final Configuration options;
    private final Map<String, TopicTail> tails = new HashMap<>();
    private final PredictionJson json = new PredictionJson();
    private final List<Prediction> predictions = new ArrayList<>();
    private final List<JsonNode> vectors = new ArrayList<>();

    /**
     * Starts them; closing stops all of it.
     *
     * @param folder for the copies of models
     */
    RunningJobs(Path folder) throws Exception {
        models = Files.createDirectories(folder.resolve("models"));
        kafka = EmbeddedKafka.start();
        options =
                JobArguments.checked(
                        Map.of(
                                "kafka.bootstrap-servers",
                                kafka.bootstrapServers(),
                                "models.allowed-uris",
                                models.toString(),
                                "features.format",
                                "json"));
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        flink =
                EmbeddedFlink.start(
                        EmbeddedFlink.configuration(root.resolve("flink-conf")), 1, null);
        try {
            try (KafkaAdmin admin = new KafkaAdmin(options)) {
                new TopicCreation(options, Optional.empty()).create(admin);
            }
            StreamExecutionEnvironment lifecycle = flink.environment();
            LifecycleJob.build(lifecycle, options);
            lifecycle.executeAsync(LifecycleJob.NAME);
            StreamExecutionEnvironment scoring = flink.environment();
            ScoringJob.build(scoring, options);
            scoring.executeAsync(ScoringJob.NAME);
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** The deployment in force. */
    Deployment deployment(String model) throws Exception {
        return CurrentDeployments.read(options).get(model);
    }

    /** A command on these jobs, begun. */
    CommandRun start(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(
                List.of(
                        "--bootstrap-server",
                        kafka.bootstrapServers(),
                        "-D",
                        "models.allowed-uris=" + models));
        return CommandRun.start(all.toArray(String[]::new));
    }

    /** A command on these jobs that does what it is asked. */
    CommandRun done(String... args) throws Exception {
        CommandRun run = start(args);
        assertThat(run.exitCode()).as(run.toString()).isZero();
        return run;
    }

    /** All committed records of a topic so far; those of a symbol in their order. */
    List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        return tails.computeIfAbsent(topic, each -> new TopicTail(kafka.bootstrapServers(), each))
                .records();
    }

    /** All committed predictions of a model so far; those of a symbol in their order. */
    List<Prediction> predictions(String model) throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = committed("predictions");
        while (predictions.size() < records.size()) {
            predictions.add(json.read(records.get(predictions.size()).value()));
        }
        return predictions.stream().filter(each -> each.modelId().equals(model)).toList();
    }

    /** All committed vectors so far, as they are in the topic; those of a symbol in their order. */
    List<JsonNode> vectors() throws IOException {
        List<ConsumerRecord<byte[], byte[]>> records = committed("features");
        while (vectors.size() < records.size()) {
            vectors.add(JSON.readTree(records.get(vectors.size()).value()));
        }
        return List.copyOf(vectors);
    }

    /** The ids of those that models are asked about. */
    List<String> readyVectorIds() throws IOException {
        return vectors().stream()
                .filter(vector -> vector.get("ready").asBoolean())
                .map(vector -> vector.get("vector_id").asText())
                .toList();
    }

    /**
     * Waits until every tick that is there has its vector, or the reason why it has none, and every
     * ready vector its predictions: those of all models are committed together.
     */
    void awaitAllScored() throws Exception {
        int ticks = committed("ticks").size();
        Until.holds(
                "a vector, or a reason, of each of %d ticks".formatted(ticks),
                () -> committed("features").size() + committed("set-aside").size() >= ticks);
        int ready = readyVectorIds().size();
        Until.holds(
                "predictions of %d vectors".formatted(ready),
                () -> predictions(INITIAL).size() >= ready);
    }

    @Override
    public void close() {
        try {
            tails.values().forEach(TopicTail::close);
            flink.close();
        } finally {
            kafka.close();
        }
    }
}
