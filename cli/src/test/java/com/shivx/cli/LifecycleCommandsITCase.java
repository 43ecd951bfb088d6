package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.cli.kafka.KafkaAccess;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.cli.kafka.TopicCreation;
import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.drift.accuracy.SymbolHashes;
import com.shivx.jobs.LifecycleJob;
import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.JobArguments;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.RetrainRequestJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Commands about a model's life, against a real broker and a real lifecycle job. */
class LifecycleCommandsITCase {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long MINUTE_MICROS = 60_000_000;

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static JobClient lifecycle;
    private static Configuration options;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        flink =
                EmbeddedFlink.start(
                        EmbeddedFlink.configuration(root.resolve("flink-conf")), 1, null);
        options =
                JobArguments.checked(
                        Map.of(
                                "kafka.bootstrap-servers",
                                kafka.bootstrapServers(),
                                "models.allowed-uris",
                                "/models"));
        try (KafkaAdmin admin = new KafkaAdmin(options)) {
            new TopicCreation(options, Optional.empty()).create(admin);
        }
        StreamExecutionEnvironment env = flink.environment();
        LifecycleJob.build(env, options);
        lifecycle = env.executeAsync(LifecycleJob.NAME);
    }

    @AfterAll
    static void stop() throws Exception {
        lifecycle.cancel().get();
        flink.close();
        kafka.close();
    }

    @Test
    void asksForATrainingAndIsToldWhyThereIsNone() throws Exception {
        CommandRun first = shivx("retrain", "--model", "trained", "--reason", "a new venue");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out())
                .contains("asked: as request ")
                .contains("decided: RETRAIN_REQUESTED of trained, generation 0: a new venue");
        assertThat(ControlTopic.read(options, Topic.RETRAIN_REQUESTS, new RetrainRequestJson()))
                .singleElement()
                .returns("trained", RetrainRequest::model)
                .returns(RetrainRequest.Cause.COMMAND, RetrainRequest::cause);

        CommandRun second =
                shivx("retrain", "--model", "trained", "--from", "2026-11-01T00:00:00Z");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err())
                .startsWith("error: it is refused: training ")
                .contains("one is made at a time")
                .hasLineCount(1);
        CommandRun wrong = CommandRun.of("retrain", "--model", "m", "--from", "yesterday");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("write it as 2026-11-01T00:00:00Z");
    }

    @Test
    void setsListsAndRemovesSchedules() throws Exception {
        CommandRun set =
                shivx("schedule", "set", "nightly", "--model", "timed", "--times", "daily 02:00");
        assertThat(set.exitCode()).isZero();
        assertThat(set.out())
                .contains("decided: SCHEDULE_SET of timed, schedule nightly, generation 0: daily");
        JsonNode listed = json("schedule", "list", "--model", "timed", "-o", "json");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("times").asText()).isEqualTo("daily 02:00");
        assertThat(listed.get(0).get("next").asText()).endsWith("T02:00:00Z");
        assertThat(shivx("schedule", "list", "--model", "timed").out()).contains("nightly");

        CommandRun wrong =
                shivx("schedule", "set", "odd", "--model", "timed", "--times", "at dawn");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("write 'daily 06:30'").hasLineCount(1);
        assertThat(shivx("schedule", "remove", "nightly", "--model", "timed").exitCode()).isZero();
        assertThat(shivx("schedule", "list", "--model", "timed").out())
                .contains("no schedule is in force");
    }

    @Test
    void looksAtARolloutAndHoldsHastensAndEndsIt() throws Exception {
        assertThat(shivx("models", "rollout", "status", "rolled").err())
                .contains("there was no rollout of 'rolled'");
        assertThat(shivx("models", "rollout", "abort", "rolled").err())
                .contains("no rollout of rolled is under way");
        deploy("rolled", DeploymentMode.NOW, "1.0.0", 0);
        deploy("rolled", DeploymentMode.ROLLOUT, "2.0.0", 0);
        Until.holds("the rollout", () -> generation("rolled") == 2);

        assertThat(shivx("models", "rollout", "pause", "rolled").out())
                .contains("decided: ROLLOUT_PAUSED of rolled@2.0.0");
        JsonNode paused = json("models", "rollout", "status", "rolled", "-o", "json").get(0);
        assertThat(paused.get("state").asText()).isEqualTo("PAUSED");
        assertThat(paused.get("evidence").get("steps").asInt()).isEqualTo(5);
        assertThat(shivx("models", "rollout", "resume", "rolled").exitCode()).isZero();
        assertThat(shivx("models", "rollout", "promote", "rolled").exitCode()).isZero();
        assertThat(shivx("models", "rollout", "status", "rolled").out())
                .contains("running")
                .contains("2 of 5")
                .contains("10 %")
                .contains("promoted by hand");
        row("rolled", 1, "2.0.0", Role.CANARY, 0, 7, List.of());
        assertThat(shivx("models", "rollout", "status", "rolled").out()).contains("11.67 %");
        assertThat(
                        json("models", "rollout", "status", "rolled", "-o", "json")
                                .get(0)
                                .get("served_share")
                                .asDouble())
                .isEqualTo(7 / 60.0);
        assertThat(shivx("models", "rollout", "abort", "rolled", "--reason", "enough").out())
                .contains("decided: ROLLOUT_ABORTED of rolled@2.0.0, generation 4: enough");
        assertThat(CurrentDeployments.read(options).get("rolled").canary()).isNull();
    }

    @Test
    void reportsTheTwoSidesOfASplit() throws Exception {
        assertThat(shivx("models", "ab-report", "split").err()).contains("nothing is split");
        deploy("split", DeploymentMode.NOW, "1.0.0", 0);
        deploy("split", DeploymentMode.AB, "2.0.0", 0.5);
        Until.holds("the split", () -> generation("split") == 2);
        assertThat(shivx("models", "ab-report", "split").out()).contains("has met no outcome yet");
        for (int window = 1; window <= 20; window++) {
            row("split", window, "1.0.0", Role.CHAMPION, 20, 31, List.of());
            List<VoteCount> votes = List.of(new VoteCount("1.0.0", 4, 1, 0));
            row("split", window, "2.0.0", Role.CANARY, 30, 29, votes);
        }

        assertThat(shivx("models", "ab-report", "split").out())
                .contains("split: 2.0.0 beside 1.0.0 with 50 %, horizon 60 s")
                .contains("votes: 80 for 2.0.0, 20 for 1.0.0")
                .contains("48.33 %")
                .contains("51.67 %")
                .contains("2.0.0 is better");
        JsonNode report = json("models", "ab-report", "split", "-o", "json").get(0);
        assertThat(report.get("of_champion").get("accuracy").asDouble()).isEqualTo(20 / 60.0);
        assertThat(report.get("of_canary").get("accuracy").asDouble()).isEqualTo(0.5);
        assertThat(report.get("of_canary").get("served_share").asDouble()).isEqualTo(29 / 60.0);
        assertThat(report.get("verdict").asText()).isEqualTo("NEWER");
    }

    private static long generation(String model) {
        Deployment deployment = CurrentDeployments.read(options).get(model);
        return deployment == null ? 0 : deployment.generation();
    }

    private static void deploy(String model, DeploymentMode mode, String version, double share)
            throws Exception {
        send(
                Topic.DEPLOYMENT_REQUESTS,
                new DeploymentRequestJson(),
                new DeploymentRequest(
                        model + version + mode,
                        model,
                        mode,
                        new ModelRef(version, "/models/m.onnx", version.substring(0, 1).repeat(64)),
                        share,
                        null,
                        null,
                        "a test"));
    }

    /** A window of 60 outcomes of one symbol. */
    private static void row(
            String model,
            int window,
            String version,
            Role role,
            int right,
            int served,
            List<VoteCount> votes)
            throws Exception {
        AccuracyCounts counts = new AccuracyCounts();
        for (int i = 0; i < 60; i++) {
            counts.add(0, i < right ? 0 : 1, 3, true);
            counts.addSource(SymbolHashes.of("A"), i < served);
        }
        send(
                Topic.ACCURACY,
                new AccuracyRowJson(),
                new AccuracyRow(
                        new AccuracyKey(model, version, role, MINUTE_MICROS),
                        window * MINUTE_MICROS,
                        (window + 1) * MINUTE_MICROS,
                        counts,
                        votes));
    }

    private static <T> void send(Topic topic, ControlJson<T> json, T record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        KafkaAccess.clientProperties(options),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    topic.name(options), json.key(record), json.write(record)))
                    .get();
        }
    }

    private static JsonNode json(String... args) throws Exception {
        return MAPPER.readTree(shivx(args).out());
    }

    private static CommandRun shivx(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        new TreeMap<>(options.toMap())
                .forEach((key, value) -> all.addAll(List.of("-D", key + "=" + value)));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
