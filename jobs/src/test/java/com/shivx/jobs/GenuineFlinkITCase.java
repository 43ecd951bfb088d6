package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.testing.AccuracyRun;
import com.shivx.jobs.testing.GenuineFlink;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.ReplayedOutcomes;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.Until;
import com.shivx.jobs.wire.TickJson;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.ModelVersion;
import com.shivx.models.registry.VersionName;
import com.shivx.models.registry.uri.Registries;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on a Flink as people have it predicts what the embedded run predicts, whichever way
 * it is submitted; what became of that is the definition's, and a training registers its version;
 * {@code .ci/genuine-flink} runs it.
 */
class GenuineFlinkITCase {

    private static final Path ROOT = Path.of(System.getProperty("shivx.root", ".."));

    /** Ticks of six symbols over two minutes. */
    private static final List<Tick> TAPE = Tape.of(6, 1_200, 7);

    private EmbeddedKafka kafka;
    private KafkaProbe probe;
    private final Map<String, Scoring> runs = new HashMap<>();

    @TempDir Path work;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start();
        probe = new KafkaProbe(kafka.bootstrapServers());
    }

    @AfterEach
    void stop() {
        probe.close();
        kafka.close();
    }

    @Test
    void predictsAsTheEmbeddedRunHoweverItIsSubmitted() throws Exception {
        String home = System.getProperty("shivx.flink.home", "");
        assumeTrue(
                !home.isEmpty(),
                "SKIPPED: no genuine Flink; .ci/genuine-flink fetches one and runs this");
        Path jar = ROOT.resolve("jobs/target/shivx-jobs.jar");
        assumeTrue(
                Files.exists(jar),
                "SKIPPED: no job jar; ./mvnw -Dquick -pl jobs -am package makes it");

        Map<String, String> expected = embedded();
        assertThat(expected).isEqualTo(Scoring.offline(TAPE));
        String ofTheCluster =
                """
                kafka.bootstrap-servers: %s
                kafka.topic-prefix: page-
                deployment.name: page
                """
                        .formatted(kafka.bootstrapServers());
        try (GenuineFlink flink =
                new GenuineFlink(Path.of(home), work, onnxRuntimeJar(), ofTheCluster)) {
            assertPredictsAlthoughTheTaskManagerDies(
                    flink, "client", () -> byClient(flink, jar, "client"), expected);
            assertTellsWhatBecameOfPredictions(flink, jar, "client");
            assertTrainsAndRegisters(flink, jar);
            String uploaded = flink.upload(jar);
            assertPredictsAlthoughTheTaskManagerDies(
                    flink, "rest", () -> byRest(flink, uploaded, "rest"), expected);
            assertPredictsAlthoughTheTaskManagerDies(
                    flink, "page", () -> byPage(flink, uploaded), expected);
        }
    }

    /** {@code bin/flink run}. */
    private String byClient(GenuineFlink flink, Path jar, String name) throws Exception {
        return submitted(flink, ScoringJob.class, jar, arguments(name));
    }

    private static String submitted(
            GenuineFlink flink, Class<?> job, Path jar, List<String> arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("run", "--detached", "-c", job.getName(), jar.toString()));
        command.addAll(arguments);
        String printed = flink.flink(command.toArray(String[]::new));
        return GenuineFlink.found(printed, "JobID (\\w+)");
    }

    /** The REST API, as programs use it. */
    private String byRest(GenuineFlink flink, String uploaded, String name) throws Exception {
        return flink.run(
                uploaded,
                "",
                "{\"entryClass\":\"%s\",\"programArgsList\":[\"%s\"]}"
                        .formatted(
                                ScoringJob.class.getName(), String.join("\",\"", arguments(name))));
    }

    /**
     * The request of the Web UI's page, whose arguments never arrive: the cluster's options hold.
     */
    private static String byPage(GenuineFlink flink, String uploaded) throws Exception {
        return flink.run(
                uploaded,
                "?entry-class=%s&program-args=-Dno.such=argument"
                        .formatted(ScoringJob.class.getName()),
                "{\"entryClass\":\"%s\",\"parallelism\":null,\"programArgs\":\"-Dno.such=argument\",\"savepointPath\":null,\"allowNonRestoredState\":null}"
                        .formatted(ScoringJob.class.getName()));
    }

    private List<String> arguments(String name) {
        return List.of(
                "-Dkafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "-Dkafka.topic-prefix=" + name + "-",
                "-Ddeployment.name=" + name);
    }

    private void assertPredictsAlthoughTheTaskManagerDies(
            GenuineFlink flink,
            String name,
            Callable<String> submission,
            Map<String, String> expected)
            throws Exception {
        Scoring run = new Scoring(probe, kafka.bootstrapServers(), name);
        runs.put(name, run);
        String job = submission.call();
        int half = TAPE.size() / 2;
        run.send(TAPE.subList(0, half));
        Until.holds("a committed vector", () -> probe.count(run.topic(Topic.FEATURES)) > 0);
        flink.killTaskManager();
        run.send(TAPE.subList(half, TAPE.size()));
        Until.holds("every prediction committed", () -> run.committed() >= expected.size());
        flink.cancel(job);
        assertThat(run.predictions()).as(name).isEqualTo(expected);
    }

    /** Of the predictions that a scoring job has left on the cluster's broker. */
    private void assertTellsWhatBecameOfPredictions(GenuineFlink flink, Path jar, String name)
            throws Exception {
        Scoring run = runs.get(name);
        AccuracyRun accuracy = new AccuracyRun(probe, run);
        List<Tick> later = AccuracyRun.later(TAPE, Duration.ofHours(3));
        List<Tick> whole = new ArrayList<>(TAPE);
        whole.addAll(later);
        ReplayedOutcomes expected =
                new ReplayedOutcomes(
                        whole, Scoring.predictionsOf(TAPE), AccuracyRun.horizonsMicros());
        List<String> arguments = new ArrayList<>(arguments(name));
        arguments.add("-Doutcomes.horizons=" + AccuracyRun.HORIZONS);
        String job = submitted(flink, AccuracyJob.class, jar, arguments);
        run.send(later);
        accuracy.sendLatePredictions(later.get(later.size() - 1));
        accuracy.await(expected.results().size(), expected.rows().keySet());
        flink.cancel(job);
        accuracy.assertOutcomes(expected.results());
        accuracy.assertRows(expected);
    }

    /**
     * On a market whose next second anyone can tell: the version is in the registry, and the report
     * on the TaskManager's standard output.
     */
    private void assertTrainsAndRegisters(GenuineFlink flink, Path jar) throws Exception {
        Path registry = work.resolve("registry");
        String job =
                submitted(
                        flink,
                        TrainingJob.class,
                        jar,
                        List.of(
                                "-Dtraining.ticks=" + wave(),
                                "-Dtraining.registry=" + registry.toUri(),
                                "-Dtraining.horizon=1 s",
                                "-Dvalidation.min-block=5 s",
                                "-Ddrift.window=20 s"));
        Until.holds("the training's end", () -> flink.isFinished(job));
        ModelRegistry versions =
                Registries.open(registry.toUri().toString(), Map.of(), InstantSource.system());
        ModelVersion version = versions.resolve(VersionName.parse("direction@0.1.0"));
        assertThat(versions.artifact(version).contract().featureSet()).isEqualTo("market-v1");
        assertThat(flink.printed()).contains("REGISTER", "registered as direction@0.1.0");
    }

    /** Quotes of two symbols ten times a second, mid a wave with some noise. */
    private Path wave() throws IOException {
        TickJson json = new TickJson();
        Random random = new Random(1);
        Path file = work.resolve("wave.jsonl");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 12_000; i++) {
                for (int symbol = 0; symbol < 2; symbol++) {
                    long micros = 1_398_988_800_000_000L + i * 100_000L + symbol;
                    double mid =
                            100 + StrictMath.sin(i / 50.0 + symbol) + 0.002 * random.nextGaussian();
                    out.write(
                            json.write(
                                    Tick.quote(
                                            "W" + symbol,
                                            micros,
                                            micros,
                                            i,
                                            mid - 0.01,
                                            1 + random.nextInt(9),
                                            mid + 0.01,
                                            1 + random.nextInt(9))));
                    out.write('\n');
                }
            }
        }
        return file;
    }

    private Map<String, String> embedded() throws Exception {
        Scoring run = new Scoring(probe, kafka.bootstrapServers(), "embedded");
        int expected = Scoring.offline(TAPE).size();
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(
                        EmbeddedFlink.configuration(ROOT.resolve("flink-conf")), 1, null)) {
            StreamExecutionEnvironment env = flink.environment();
            ScoringJob.build(env, run.options());
            JobClient job = env.executeAsync(ScoringJob.NAME);
            run.send(TAPE);
            Until.holds("every prediction committed", () -> run.committed() >= expected);
            job.cancel().get();
        }
        return run.predictions();
    }

    /** The very jar this test has on its class path. */
    private static Path onnxRuntimeJar() throws Exception {
        return Path.of(
                OrtEnvironment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
