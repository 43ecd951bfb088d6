package com.shivx.jobs;

import static com.shivx.models.testing.DirectionModels.alone;
import static com.shivx.models.testing.DirectionModels.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.TickFeed;
import com.shivx.jobs.testing.Until;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Alarm;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentEvent.Kind;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.testing.DirectionModels;
import com.shivx.models.wire.AlarmJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is published as a deployment, the model before it serves on, both topics say why, and
 * every ready vector is predicted once: one job meets all kinds, one after another, while ticks
 * flow.
 */
class BadDeploymentsITCase {

    private static final int SUBTASKS = 2;
    private static final int SYMBOLS = 4;

    /** After so many ticks of each symbol its vectors are ready. */
    private static final int WARM = 700;

    private static final String BASELINE = ScoringOptions.BASELINE;

    /** Allowed, but no file system of that scheme is there. */
    private static final String NO_FILE_SYSTEM = "http://127.0.0.1:9/models";

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;

    @TempDir private Path folder;
    @TempDir private Path outside;
    @TempDir private Path store;

    private Path hanging;
    private Scoring run;
    private TickFeed feed;
    private JobClient job;

    /** Of what was published last. */
    private long generation = 1;

    /** What the version of a generation that may serve always answers. */
    private final Map<Long, Float> upOfGeneration = new HashMap<>();

    /** What each generation that is to be refused is to be refused for, by model and generation. */
    private final Map<String, String> reasons = new HashMap<>();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        probe = new KafkaProbe(kafka.bootstrapServers());
        flink = Cluster.shipped();
    }

    @AfterAll
    static void stop() {
        flink.close();
        probe.close();
        kafka.close();
    }

    @BeforeEach
    void submit() throws Exception {
        hanging = fifo(folder.resolve("hanging.onnx"));
        run = new Scoring(probe, kafka.bootstrapServers(), "bad-deployments");
        feed = new TickFeed(run, Tape.of(SYMBOLS, 8_000, 3));
        Configuration options = run.options();
        options.set(ScoringOptions.ALLOWED_URIS, List.of(folder.toString(), NO_FILE_SYSTEM));
        options.set(ScoringOptions.STORE, store.toUri().toString());
        // Longer than a trial run may take.
        options.set(ScoringOptions.LOAD_TIMEOUT, Duration.ofSeconds(15));
        options.setString("execution.checkpointing.interval", "200 ms");
        options.setString("execution.checkpointing.min-pause", "0 ms");
        deploy(alone(generation, constant("1.0.0", 0.25f)));
        upOfGeneration.put(generation, 0.25f);
        StreamExecutionEnvironment env = flink.environment();
        env.setParallelism(SUBTASKS);
        ScoringJob.build(env, options);
        job = env.executeAsync(ScoringJob.NAME);
    }

    @AfterEach
    void letGo() throws Exception {
        if (!job.getJobStatus().get().isGloballyTerminalState()) {
            job.cancel().get();
        }
        // Whoever waits for it goes on.
        new RandomAccessFile(hanging.toFile(), "rw").close();
    }

    @Test
    void neverServeAndNeverStopTheStream() throws Exception {
        feed.send(SYMBOLS * WARM);
        flowUntil("predictions", () -> probe.count(run.topic(Topic.PREDICTIONS)) > 0);

        publishBadVersions();
        assertThat(Cluster.restarted(flink, job)).isFalse();
        ModelRef newest = publishTwoAtOnce();
        comeBackWithoutTheFileOf(newest);
        publishOneThatNeverAnswersAndOneThatIsNeverRead();
        publishConstant("5.0.0", 1);
        flowUntilServing(SUBTASKS);
        feed.send(SYMBOLS);

        Map<String, String> expected = Scoring.offline(feed.sent());
        Until.holds("every tick answered", () -> run.answered() >= feed.sent().size());
        Until.holds(
                "every prediction committed",
                () -> probe.count(run.topic(Topic.PREDICTIONS)) >= 2L * expected.size());
        job.cancel().get();

        assertThat(run.predictions(BASELINE)).isEqualTo(expected);
        assertEachVectorIsPredictedOnceByWhatServed(expected.keySet());
        assertEachSubtaskSaysWhyOnce();
    }

    private void publishBadVersions() throws Exception {
        for (Map.Entry<ModelRef, String> bad : badVersions()) {
            deploy(alone(++generation, bad.getKey()));
            flowUntilRefused(DirectionModels.MODEL, generation, bad.getValue());
        }
    }

    /** The newer serves in the end. */
    private ModelRef publishTwoAtOnce() throws Exception {
        publishConstant("3.0.0", 0.5f);
        ModelRef newest = publishConstant("3.1.0", 0.75f);
        flowUntilServing(SUBTASKS);
        return newest;
    }

    private void comeBackWithoutTheFileOf(ModelRef served) throws Exception {
        Files.delete(Path.of(URI.create(served.uri())));
        flink.killTaskManager(0);
        flink.startTaskManager();
        flowUntilServing(2 * SUBTASKS);
    }

    /**
     * Each of another model, and so at the same time. While the second is still waited for, sound
     * versions come that are not newer than what was refused, and are no news.
     */
    private void publishOneThatNeverAnswersAndOneThatIsNeverRead() throws Exception {
        ModelRef unread = new ModelRef("9.0.0", hanging.toUri().toString(), "1".repeat(64));
        deploy(
                alone(++generation, write(folder, "4.0.0", DirectionModels.endless("4.0.0"))),
                alone(BASELINE, 1, unread));
        flowUntilRefused(DirectionModels.MODEL, generation, "did not end within 10000 ms");
        deploy(alone(generation, constant("0.9.0", 0)), alone(2, constant("0.9.1", 0)));
        flowUntilRefused(BASELINE, 1, "generation 1 of baseline-momentum was not ready after");
    }

    private ModelRef publishConstant(String version, float up) throws Exception {
        ModelRef ref = constant(version, up);
        deploy(alone(++generation, ref));
        upOfGeneration.put(generation, up);
        return ref;
    }

    private List<Map.Entry<ModelRef, String>> badVersions() throws Exception {
        byte[] good = DirectionModels.constant("2.0.0", 1);
        String sha256 = write(folder, "2.0.0", good).sha256();
        return List.of(
                Map.entry(
                        write(folder, "2.0.1", DirectionModels.corrupt(good)),
                        "the file is no ONNX model, or only a part of one"),
                Map.entry(
                        new ModelRef("2.0.0", folder + "/2.0.0.onnx", "0".repeat(64)),
                        "the file has checksum " + sha256 + ", expected 0000"),
                Map.entry(write(outside, "2.0.0", good), "outside [" + folder),
                Map.entry(
                        new ModelRef("2.0.0", folder + "/gone.onnx", sha256),
                        "gone.onnx is not there"),
                Map.entry(
                        new ModelRef("2.0.0", NO_FILE_SYSTEM + "/m.onnx", sha256),
                        "m.onnx cannot be read"),
                Map.entry(
                        write(folder, "2.0.2", DirectionModels.constant("2.0.3", 1)),
                        "its file says that it is direction@2.0.3"),
                Map.entry(
                        write(folder, "2.0.4", DirectionModels.ofOtherFeatures("2.0.4")),
                        "was made for feature set market-v1 of hash 0000"),
                Map.entry(
                        write(folder, "2.0.5", DirectionModels.wider("2.0.5")),
                        "its input takes 4 columns"),
                Map.entry(
                        write(folder, "2.0.6", DirectionModels.oneScore("2.0.6")),
                        "gives 1 numbers a row, expected 3"),
                Map.entry(
                        write(folder, "2.0.7", DirectionModels.notANumber("2.0.7")),
                        "only 0 of 12 ordinary rows gave"));
    }

    private ModelRef constant(String version, float up) throws Exception {
        return write(folder, version, DirectionModels.constant(version, up));
    }

    /** A file that whoever opens it waits for. */
    private static Path fifo(Path file) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).inheritIO().start().waitFor())
                .isZero();
        return file;
    }

    private void deploy(Deployment... deployments) {
        for (Deployment deployment : deployments) {
            run.send(Topic.DEPLOYMENTS, new DeploymentJson(), deployment);
        }
    }

    private void flowUntil(String what, Callable<Boolean> condition) throws Exception {
        feed.flowUntil(what, SYMBOLS, condition);
    }

    private void flowUntilServing(int times) throws Exception {
        flowUntil(
                "generation " + generation + " to serve",
                () -> events(DirectionModels.MODEL, generation, Kind.SERVING).size() >= times);
    }

    private void flowUntilRefused(String model, long generation, String reason) throws Exception {
        reasons.put(model + " " + generation, reason);
        flowUntil(
                "generation " + generation + " of " + model + " to be refused",
                () -> events(model, generation, Kind.REFUSED).size() >= SUBTASKS);
    }

    private List<DeploymentEvent> events(String model, long generation, Kind kind)
            throws Exception {
        return run.read(Topic.DEPLOYMENT_EVENTS, new DeploymentEventJson()).stream()
                .filter(event -> event.model().equals(model) && event.kind() == kind)
                .filter(event -> event.generation() == generation)
                .toList();
    }

    private void assertEachVectorIsPredictedOnceByWhatServed(Set<String> baselineIds)
            throws Exception {
        Map<String, Long> generationOfSymbol = new HashMap<>();
        Set<Long> generations = new HashSet<>();
        List<String> vectorIds = new ArrayList<>();
        for (Prediction prediction : run.published(DirectionModels.MODEL)) {
            vectorIds.add(prediction.vectorId());
            generations.add(prediction.generation());
            assertThat(prediction.status()).isEqualTo(PredictionStatus.OK);
            assertThat(prediction.served()).isTrue();
            assertThat(prediction.probabilities()[2])
                    .as("generation %d", prediction.generation())
                    .isEqualTo(upOfGeneration.get(prediction.generation()));
            Long before = generationOfSymbol.put(prediction.symbol(), prediction.generation());
            assertThat(before == null ? 0 : before).isLessThanOrEqualTo(prediction.generation());
        }
        String suffix = "~" + BASELINE + "@" + version();
        assertThat(vectorIds)
                .containsExactlyInAnyOrderElementsOf(
                        baselineIds.stream().map(id -> id.replace(suffix, "")).toList());
        // Of two at once the older may never have had its turn.
        assertThat(upOfGeneration.keySet()).containsAll(generations);
        assertThat(generations).hasSizeGreaterThanOrEqualTo(upOfGeneration.size() - 1);
    }

    private static String version() throws Exception {
        return BaselineMomentum.artifact().contract().version();
    }

    private void assertEachSubtaskSaysWhyOnce() throws Exception {
        List<DeploymentEvent> refused =
                run.read(Topic.DEPLOYMENT_EVENTS, new DeploymentEventJson()).stream()
                        .filter(event -> event.kind() != Kind.SERVING)
                        .toList();
        List<Alarm> alarms = run.read(Topic.ALARMS, new AlarmJson());
        assertThat(refused).hasSize(SUBTASKS * reasons.size());
        assertThat(alarms).hasSameSizeAs(refused);
        for (DeploymentEvent event : refused) {
            String of = event.model() + " " + event.generation();
            assertThat(event.kind()).isEqualTo(Kind.REFUSED);
            assertThat(event.reason()).as(of).contains(reasons.get(of));
            assertThat(alarms)
                    .as("alarms of %s", of)
                    .filteredOn(
                            alarm ->
                                    alarm.modelId().equals(event.model())
                                            && alarm.generation() == event.generation())
                    .hasSize(SUBTASKS)
                    .allSatisfy(
                            alarm -> {
                                assertThat(alarm.kind()).isEqualTo(Alarm.Kind.MODEL_REFUSED);
                                assertThat(alarm.raised()).isTrue();
                                assertThat(alarm.modelVersion()).isEqualTo(event.version());
                                assertThat(alarm.reason()).isEqualTo(event.reason());
                            });
        }
        for (String of : reasons.keySet()) {
            assertThat(refused)
                    .filteredOn(event -> of.equals(event.model() + " " + event.generation()))
                    .extracting(DeploymentEvent::subtask)
                    .as("subtasks that refused %s", of)
                    .containsExactlyInAnyOrder(0, 1);
        }
    }
}
