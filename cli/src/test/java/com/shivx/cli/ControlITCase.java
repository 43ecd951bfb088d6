package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.control.StableId;
import com.shivx.control.flink.FlinkRest;
import com.shivx.control.flink.FlinkTrainings;
import com.shivx.control.flink.JarSubmission;
import com.shivx.control.plane.ControlPlane;
import com.shivx.jobs.TrainingJob;
import com.shivx.jobs.kafka.Topic;
import com.shivx.local.EmbeddedFlink;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.lifecycle.TrainingResult.Kind;
import com.shivx.models.registry.Candidates;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.uri.Registries;
import com.shivx.models.wire.RetrainRequestJson;
import com.shivx.models.wire.TrainingResultJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** What the control service does about them, whatever becomes of what it needs. */
class ControlITCase extends RequestedTrainings {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void trainsAndAsksForTheRolloutOfWhatIsBetterAloneAndOnce() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        ModelVersion weak = registry.register(Candidates.of("direction", "1.0.0"));
        deploy(weak, 7);
        request("r1");
        try (ControlPlane plane = control(Map.of())) {
            Until.holds("r1 has ended", () -> isOver("r1"));
            TrainingResult end = last("r1");
            assertThat(end.kind()).as(end.reason()).isEqualTo(Kind.SUCCEEDED);
            assertThat(end.version()).isEqualTo("1.1.0");
            DeploymentRequest asked = deploymentRequests().get(0);
            assertThat(asked.mode()).isEqualTo(DeploymentMode.ROLLOUT);
            assertThat(asked.expectedGeneration()).isEqualTo(7);
            ModelVersion better = version("1.1.0");
            assertThat(asked.version().sha256()).isEqualTo(registry.artifact(better).sha256());
            assertThat(Path.of(URI.create(asked.version().uri()))).isRegularFile();
            assertThat(better.comment()).startsWith("request %sr1: trained: ".formatted(prefix));

            // Against itself nothing is better.
            deploy(better, 8);
            request("r2");
            Until.holds("r2 has ended", () -> isOver("r2"));
            assertThat(last("r2").kind()).as(last("r2").reason()).isEqualTo(Kind.REFUSED);
            assertThat(last("r2").version()).isEqualTo("1.2.0");
            assertThat(deploymentRequests()).hasSize(1);
            assertThat(plane.health().reason()).isNull();
        }
    }

    @Test
    void aControlServiceThatIsReplacedInMidTrainingTrainsNothingTwice() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        request("r1");
        FlinkRest rest = new FlinkRest(flink.webUi());
        String job = StableId.of(prefix + "r1~1");
        Map<String, String> slow = Map.of("training.search", "4");
        try (ControlPlane first = control(slow)) {
            Until.holds("it trains", () -> rest.job(job).isPresent());
            try (ControlPlane second = control(slow)) {
                Until.holds("r1 has ended", () -> isOver("r1"));
                assertThat(last("r1").kind()).as(last("r1").reason()).isEqualTo(Kind.SUCCEEDED);
                assertThat(last("r1").attempt()).isEqualTo(1);
                assertThat(second.health().reason()).isNull();
            }
            assertThat(first.uri()).isNotNull();
        }
        assertThat(rest.job(StableId.of(prefix + "r1~2"))).isEmpty();
        assertThat(registry.model("direction").versions()).hasSize(1);
        assertThat(deploymentRequests())
                .extracting(DeploymentRequest::mode)
                .containsExactly(DeploymentMode.NOW);
    }

    @Test
    void whatWasRegisteredBeforeItsJobWasLostIsComparedAndNotTrainedAgain() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        deploy(registry.register(Candidates.of("direction", "1.0.0")), 1);
        request("r1");
        try (ControlPlane plane = control(Map.of())) {
            Until.holds("r1 has ended", () -> isOver("r1"));
            assertThat(plane.health().reason()).isNull();
        }
        String request = prefix + "r1";
        createTopics();
        deploy(version("1.0.0"), 1);
        send(
                Topic.TRAINING_RESULTS,
                new TrainingResultJson(),
                new TrainingResult(request, "direction", Kind.RETRYING, 1, null, "lost"));
        send(
                Topic.RETRAIN_REQUESTS,
                new RetrainRequestJson(),
                new RetrainRequest(
                        request, "direction", RetrainRequest.Cause.ALARM, "drift", null, "test"));
        try (ControlPlane plane = control(Map.of())) {
            Until.holds("it has ended again", () -> deploymentRequests().size() == 1);
            assertThat(plane.health().reason()).isNull();
        }
        assertThat(deploymentRequests().get(0).version().version()).isEqualTo("1.1.0");
        assertThat(registry.model("direction").versions()).hasSize(2);
    }

    @Test
    void failuresAreToldTriedAgainAndLeaveTheNextOnePossible() throws Exception {
        Path log = folder.resolve("log");
        deploy(registry.register(Candidates.of("direction", "1.0.0")), 1);
        try (ControlPlane plane = control(Map.of("control.training.max-attempts", "2"))) {
            request("none");
            Until.holds("there is no log", () -> isOver("none"));
            assertThat(kinds("none"))
                    .containsExactly(Kind.STARTED, Kind.RETRYING, Kind.STARTED, Kind.FAILED);
            assertThat(last("none").reason()).contains("there is no such folder");

            TestLog.write(log, 400, TestLog.ONE_CLASS);
            request("one");
            Until.holds("there is one class", () -> isOver("one"));
            assertThat(kinds("one"))
                    .containsExactly(Kind.STARTED, Kind.RETRYING, Kind.STARTED, Kind.FAILED);
            assertThat(last("one").reason()).contains("class DOWN never happens");

            TestLog.write(log, VECTORS, TestLog.LEARNABLE);
            request("good");
            Until.holds("the next is possible", () -> isOver("good"));
            assertThat(last("good").kind()).as(last("good").reason()).isEqualTo(Kind.SUCCEEDED);
            assertThat(plane.health().reason()).isNull();
        }
    }

    @Test
    void aRegistryThatIsDownIsToldBeforeAnythingIsTrained() throws Exception {
        TestLog.write(folder.resolve("log"), 400, TestLog.LEARNABLE);
        deploy(registry.register(Candidates.of("direction", "1.0.0")), 1);
        request("r1");
        registry = Registries.open("http://127.0.0.1:1", Map.of(), Clock.systemUTC());
        try (ControlPlane plane =
                control(
                        Map.of(
                                "training.registry",
                                "http://127.0.0.1:1",
                                "control.training.max-attempts",
                                "2"))) {
            Until.holds("it is given up", () -> isOver("r1"));
            assertThat(plane.health().reason()).isNull();
        }
        assertThat(kinds("r1"))
                .containsExactly(Kind.STARTED, Kind.RETRYING, Kind.STARTED, Kind.FAILED);
        assertThat(last("r1").reason()).contains("127.0.0.1:1");
        assertThat(new FlinkRest(flink.webUi()).job(StableId.of(prefix + "r1~1"))).isEmpty();
        assertThat(deploymentRequests()).isEmpty();
    }

    @Test
    void aFullClusterIsAskedAgainUntilASlotIsFree() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        request("r1");
        try (EmbeddedFlink full = cluster()) {
            full.killTaskManager(0);
            try (ControlPlane plane =
                    control(
                            full,
                            Map.of(
                                    "control.training.start-timeout",
                                    "1s",
                                    "control.training.max-attempts",
                                    "100"))) {
                Until.holds("it is told", () -> kinds("r1").contains(Kind.RETRYING));
                assertThat(results("r1").get(1).reason()).contains("no slot was free");
                full.startTaskManager();
                Until.holds("r1 has ended", () -> isOver("r1"));
                assertThat(plane.health().reason()).isNull();
            }
        }
        assertThat(last("r1").kind()).as(last("r1").reason()).isEqualTo(Kind.SUCCEEDED);
        assertThat(registry.model("direction").versions()).hasSize(1);
    }

    /**
     * Another JobManager goes on with the attempt; a TaskManager takes it down with it, which is
     * told, and the next attempt is made. Of both one version comes.
     */
    @Test
    void aTrainingOutlivesItsJobManagerAndIsRepeatedAfterItsTaskManager() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        request("r1");
        String job = StableId.of(prefix + "r1~1");
        try (EmbeddedFlink mortal = cluster();
                ControlPlane plane = control(mortal, Map.of("training.search", "30"))) {
            FlinkRest rest = new FlinkRest(mortal.webUi());
            Until.holds("it trains", () -> isTraining(rest, job));
            long killedMillis = System.currentTimeMillis();
            mortal.killJobManager(JobID.fromHexString(job));
            Until.holds("it trains again", () -> isTrainingSince(mortal, job, killedMillis));
            assertThat(kinds("r1")).containsExactly(Kind.STARTED);
            mortal.killTaskManager(0);
            Until.holds("it is told", () -> kinds("r1").contains(Kind.RETRYING));
            mortal.startTaskManager();
            Until.holds("r1 has ended", () -> isOver("r1"));
            assertThat(rest.state(job)).isEqualTo("FAILED");
            assertThat(plane.health().reason()).isNull();
        }
        assertThat(kinds("r1"))
                .containsExactly(Kind.STARTED, Kind.RETRYING, Kind.STARTED, Kind.SUCCEEDED);
        assertThat(results("r1").get(1).reason()).startsWith("the job has failed: ");
        assertThat(registry.model("direction").versions()).hasSize(1);
        assertThat(deploymentRequests()).hasSize(1);
    }

    /** What is told of a job may be half a second old, and of what ran before. */
    private static boolean isTrainingSince(EmbeddedFlink cluster, String job, long millis)
            throws Exception {
        HttpResponse<String> told =
                HTTP.send(
                        HttpRequest.newBuilder(cluster.webUi().resolve("/jobs/" + job)).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (told.statusCode() != 200) {
            // While another takes over.
            return false;
        }
        for (JsonNode vertex : JSON.readTree(told.body()).path("vertices")) {
            if (vertex.path("status").asText().equals("RUNNING")
                    && vertex.path("start-time").asLong() >= millis) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aClusterThatIsGoneIsToldAndTheNextOneTrains() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        request("r1");
        FlinkTrainings silent =
                new FlinkTrainings(
                        // Nobody listens there, in no other test either.
                        new FlinkRest(URI.create("http://127.0.0.1:1")),
                        (job, submitted) -> {
                            throw new IllegalStateException("submitted to a cluster that is gone");
                        });
        Configuration options = options(Map.of("control.training.lost-timeout", "200ms"));
        try (ControlPlane plane = control(silent, options)) {
            Until.holds("it is told", () -> kinds("r1").contains(Kind.RETRYING));
            assertThat(results("r1").get(1).reason()).contains("cannot reach Flink");
            assertThat(plane.health().reason()).isNull();
        }
        try (ControlPlane plane = control(Map.of())) {
            Until.holds("r1 has ended", () -> isOver("r1"));
            assertThat(plane.health().reason()).isNull();
        }
        assertThat(last("r1").kind()).as(last("r1").reason()).isEqualTo(Kind.SUCCEEDED);
    }

    @Test
    void submitsTheJarOfTheJobsUploadedOnce() throws Exception {
        Path jar =
                Path.of(System.getProperty("shivx.root", ".."))
                        .resolve("jobs/target/shivx-jobs.jar");
        assumeTrue(Files.isRegularFile(jar), "no " + jar + ": './mvnw package' makes it");
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        request("r1");
        FlinkRest rest = new FlinkRest(flink.webUi());
        FlinkTrainings cluster =
                new FlinkTrainings(rest, new JarSubmission(rest, jar, TrainingJob.class.getName()));
        try (ControlPlane plane = control(cluster, options(Map.of()))) {
            Until.holds("r1 has ended", () -> isOver("r1"));
            assertThat(last("r1").kind()).as(last("r1").reason()).isEqualTo(Kind.SUCCEEDED);
            request("r2");
            Until.holds("r2 has ended", () -> isOver("r2"));
            assertThat(plane.health().reason()).isNull();
        }
        assertThat(rest.jars()).hasSize(1);
    }

    @Test
    void runsAsACommandUntilCtrlC() throws Exception {
        TestLog.write(folder.resolve("log"), VECTORS, TestLog.LEARNABLE);
        request("r1");
        CommandRun run = CommandRun.start(command("--port", "0"));
        run.awaitOut("SUCCEEDED 0.1.0");
        run.interrupt();
        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out())
                .contains("http://127.0.0.1:", "Ctrl-C stops it", "asked: direction@0.1.0, NOW")
                .contains("stopped");
        assertThat(run.err()).isEmpty();
        assertThat(last("r1").version()).isEqualTo("0.1.0");
    }

    @Test
    void saysInOneLineWhyItDoesNotStart() throws Exception {
        String taken = kafka.bootstrapServers().replaceFirst(".*:", "");
        CommandRun port = CommandRun.of(command("--port", taken));
        assertThat(port.exitCode()).isEqualTo(1);
        assertThat(port.err())
                .hasLineCount(1)
                .contains(taken + " cannot be listened on")
                .contains("control.port");
        prefix = "missing-";
        CommandRun topics = CommandRun.of(command("--port", "0"));
        assertThat(topics.exitCode()).isEqualTo(1);
        assertThat(topics.err())
                .hasLineCount(1)
                .contains("no topic 'missing-retrain-requests'")
                .contains("shivx topics create");
    }

    private String[] command(String... more) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "control",
                                "--bootstrap-server",
                                kafka.bootstrapServers(),
                                "--registry",
                                folder.resolve("registry").toString(),
                                "--log",
                                folder.resolve("log").toString(),
                                "--models-dir",
                                folder.resolve("models").toString(),
                                "--dir",
                                folder.resolve("flink").toString()));
        for (String key :
                List.of(
                        "kafka.topic-prefix",
                        "deployment.name",
                        "training.trainer",
                        "validation.min-block")) {
            all.addAll(List.of("-D", key + "=" + options(Map.of()).toMap().get(key)));
        }
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
