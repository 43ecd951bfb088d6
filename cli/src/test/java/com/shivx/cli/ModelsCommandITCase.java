package com.shivx.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.cli.kafka.KafkaAccess;
import com.shivx.cli.kafka.KafkaAdmin;
import com.shivx.cli.kafka.TopicCreation;
import com.shivx.jobs.LifecycleJob;
import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.CurrentDeployments;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.JobArguments;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.testing.Graphs;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentRequestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** {@code shivx models} against a real broker, real jobs and real files. */
class ModelsCommandITCase {

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;

    @TempDir private Path folder;

    private final List<JobClient> jobs = new ArrayList<>();
    private Configuration options;
    private String prefix;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        flink =
                EmbeddedFlink.start(
                        EmbeddedFlink.configuration(root.resolve("flink-conf")), 1, null);
    }

    @AfterAll
    static void stop() {
        flink.close();
        kafka.close();
    }

    @BeforeEach
    void makeTopics(TestInfo test) throws Exception {
        prefix = requireNonNull(test.getTestMethod().orElseThrow().getName()) + "-";
        options =
                JobArguments.checked(
                        Map.of(
                                "kafka.bootstrap-servers",
                                kafka.bootstrapServers(),
                                "kafka.topic-prefix",
                                prefix,
                                "deployment.name",
                                prefix,
                                "models.allowed-uris",
                                folder.resolve("models").toString()));
        Files.createDirectories(folder.resolve("models"));
        try (KafkaAdmin admin = new KafkaAdmin(options)) {
            new TopicCreation(options, Optional.empty()).create(admin);
        }
    }

    @AfterEach
    void cancelJobs() throws Exception {
        for (JobClient job : jobs) {
            job.cancel().get();
        }
    }

    @Test
    void failsWithTheReasonOfARefusal() throws Exception {
        run(LifecycleJob::build, LifecycleJob.NAME);
        CommandRun canary = deploy("1.0.0", "--shadow");
        assertThat(canary.exitCode()).isEqualTo(1);
        assertThat(canary.err())
                .startsWith("error: the request is refused: direction has no champion")
                .contains("deploy one first")
                .hasLineCount(1);
        CommandRun stale = deploy("1.0.0", "--expected-generation", "7");
        assertThat(stale.exitCode()).isEqualTo(1);
        assertThat(stale.out()).contains("there already: file:///");
        assertThat(stale.err()).contains("generation 7 was expected, 0 is in force");

        Path elsewhere = folder.resolve("elsewhere");
        CommandRun outside = deploy("1.0.0", "--models-dir", elsewhere.toString());
        assertThat(outside.exitCode()).isEqualTo(1);
        assertThat(outside.err()).contains("lies outside the allowed").hasLineCount(1);
    }

    /** This test is the scoring job here, of three subtasks. */
    @Test
    void waitsForEverySubtask() throws Exception {
        run(LifecycleJob::build, LifecycleJob.NAME);
        CommandRun deploy = start(deployment("1.0.0"));
        Until.holds(
                "the deployment", () -> CurrentDeployments.read(options).containsKey("direction"));
        say(event(1, DeploymentEvent.Kind.SERVING, 0));
        say(event(1, DeploymentEvent.Kind.SERVING, 2));
        deploy.awaitOut("serving: 2 of 3 subtasks");
        say(event(1, DeploymentEvent.Kind.SERVING, 1));
        assertThat(deploy.exitCode()).as(deploy.toString()).isZero();
        assertThat(deploy.out()).contains("serving: 3 of 3 subtasks");

        CommandRun failed = start(deployment("2.0.0"));
        failed.awaitOut("decided: generation 2");
        say(event(2, DeploymentEvent.Kind.SERVING, 0));
        say(event(2, DeploymentEvent.Kind.REFUSED, 1));
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err())
                .contains("subtask 1 of 3 refuses generation 2")
                .contains("because of a test")
                .hasLineCount(1);
        assertThat(models("status").out())
                .containsPattern("direction +2 +alone +2\\.0\\.0 .* 1 of 3 subtasks\n")
                .containsPattern("direction +0 +2 +2\\.0\\.0 +-\n")
                .containsPattern(
                        "direction +1 +1 +2\\.0\\.0 +refused generation 2: because of a test\n");
        JsonNode json =
                new ObjectMapper().readTree(models("status", "direction", "-o", "json").out());
        assertThat(json).hasSize(1);
        assertThat(json.at("/0/serving").asInt()).isEqualTo(1);
        assertThat(json.at("/0/subtasks/0/problem").isNull()).isTrue();
        assertThat(json.at("/0/subtasks/1/problem/kind").asText()).isEqualTo("REFUSED");
    }

    @Test
    void saysWhichJobDoesNotAnswer() throws Exception {
        CommandRun nobody = deploy("1.0.0", "--timeout", "1s");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.err())
                .contains("not done within 1 s: no lifecycle job has answered")
                .contains("shivx run lifecycle")
                .hasLineCount(1);

        // The request was kept: the job that comes later decides it.
        run(LifecycleJob::build, LifecycleJob.NAME);
        Until.holds(
                "the deployment", () -> CurrentDeployments.read(options).containsKey("direction"));
        CommandRun noScoring = deploy("2.0.0", "--timeout", "10s");
        assertThat(noScoring.exitCode()).isEqualTo(1);
        assertThat(noScoring.out())
                .contains("decided: generation 2")
                .contains("waiting until the scoring job takes generation 2 over");
        assertThat(noScoring.err()).contains("shivx run scoring").hasLineCount(1);
    }

    @Test
    void returnsAtOnceWhereItIsAskedTo() throws Exception {
        CommandRun asked = deploy("1.0.0", "--ab", "0.5", "--no-wait");
        assertThat(asked.exitCode()).as(asked.toString()).isZero();
        assertThat(
                        ControlTopic.read(
                                options, Topic.DEPLOYMENT_REQUESTS, new DeploymentRequestJson()))
                .singleElement()
                .returns(DeploymentMode.AB, DeploymentRequest::mode)
                .returns(0.5, DeploymentRequest::share)
                .extracting(DeploymentRequest::version)
                .extracting(ModelRef::uri)
                .asString()
                .endsWith("/models/direction/1.0.0/model.onnx");
    }

    /**
     * A file that says nothing of itself is called as it is called, and its bytes are its version.
     */
    @Test
    void namesAModelByItsFile() throws Exception {
        Path file = Files.write(folder.resolve("my model.onnx"), Graphs.softmax(1).toBytes());
        CommandRun asked =
                models(
                        "deploy",
                        file.toString(),
                        "--columns",
                        "log_return_1s",
                        "--classes",
                        "DOWN,FLAT,UP",
                        "--no-wait");
        assertThat(asked.exitCode()).as(asked.toString()).isZero();
        assertThat(asked.out())
                .containsPattern("checked: my-model@0\\.0\\.0\\+[0-9a-f]{8} takes 1 ");
    }

    @Test
    void refusesABadModelBeforeAnythingIsAskedOrCopied() throws Exception {
        Path noModel = Files.writeString(folder.resolve("bad.onnx"), "no model");
        CommandRun bad = models("deploy", noModel.toString());
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(bad.err())
                .startsWith("error: " + noModel)
                .contains("is no ONNX model")
                .hasLineCount(1);
        CommandRun missing = models("deploy", "none.onnx");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("there is no model file none.onnx");
        CommandRun named = deploy("1.0.0", "--version", "one");
        assertThat(named.exitCode()).isEqualTo(1);
        assertThat(named.err())
                .contains("version is one by --version and 1.0.0 by metadata_props")
                .hasLineCount(1);
        CommandRun share = deploy("1.0.0", "--canary", "10");
        assertThat(share.exitCode()).isEqualTo(2);
        assertThat(share.err()).contains("a share of 10.0 is not above 0 and below 1");
        CommandRun two = deploy("1.0.0", "--shadow", "--ab", "0.5");
        assertThat(two.exitCode()).isEqualTo(2);
        CommandRun time = deploy("1.0.0", "--timeout", "soon");
        assertThat(time.exitCode()).isEqualTo(2);
        assertThat(time.err()).contains("'soon' is no duration");

        assertThat(folder.resolve("models")).isEmptyDirectory();
        assertThat(
                        ControlTopic.read(
                                options, Topic.DEPLOYMENT_REQUESTS, new DeploymentRequestJson()))
                .isEmpty();
        CommandRun unknown = models("status", "momentum");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("nothing is deployed of 'momentum'");
    }

    @Test
    void helpsAlthoughVersionIsAnOptionOfItsOwn() throws Exception {
        CommandRun help = CommandRun.of("models", "deploy", "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("--version=VERSION").contains("--canary=SHARE");
        assertThat(CommandRun.of("models", "status", "--version").out()).contains(Shivx.VERSION);
        assertThat(CommandRun.of("models").err()).contains("which command?");
    }

    private CommandRun deploy(String version, String... more) throws Exception {
        return models(deployment(version, more));
    }

    /** Another file for each version. */
    private String[] deployment(String version, String... more) throws IOException {
        Path file = TestModels.version(folder, "direction", version);
        return Stream.concat(Stream.of("deploy", file.toString()), Stream.of(more))
                .toArray(String[]::new);
    }

    private CommandRun models(String... args) throws Exception {
        CommandRun run = start(args);
        run.exitCode();
        return run;
    }

    private CommandRun start(String... args) {
        List<String> all = new ArrayList<>(List.of("models"));
        all.addAll(List.of(args));
        new TreeMap<>(options.toMap())
                .forEach((key, value) -> all.addAll(List.of("-D", key + "=" + value)));
        return CommandRun.start(all.toArray(String[]::new));
    }

    @FunctionalInterface
    private interface Graph {
        void build(StreamExecutionEnvironment env, Configuration options) throws Exception;
    }

    private void run(Graph graph, String name) throws Exception {
        StreamExecutionEnvironment env = flink.environment();
        graph.build(env, options);
        jobs.add(env.executeAsync(name));
    }

    private static DeploymentEvent event(long generation, DeploymentEvent.Kind kind, int subtask) {
        return new DeploymentEvent(
                "direction", generation, kind, "2.0.0", null, "because of a test", subtask, 3);
    }

    private void say(DeploymentEvent event) throws Exception {
        ControlJson<DeploymentEvent> json = new DeploymentEventJson();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        KafkaAccess.clientProperties(options),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    Topic.DEPLOYMENT_EVENTS.name(options),
                                    json.key(event),
                                    json.write(event)))
                    .get();
        }
    }
}
