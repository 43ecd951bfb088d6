package com.shivx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code shivx run}, in this process and on a cluster, against a broker of one's own. */
class RunITCase {

    private static EmbeddedKafka kafka;
    private static BrokerProbe probe;
    private static TestTape tape;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        probe = new BrokerProbe(kafka.bootstrapServers());
        tape = new TestTape(900);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void stopsWithASavepointAndGoesOnFromItExactlyOnce() throws Exception {
        String[] topics = topics("local");
        int half = tape.ticks().size() / 2;
        Path first = tape.write(folder.resolve("first.jsonl"), 0, half);
        Path second = tape.write(folder.resolve("second.jsonl"), half, tape.ticks().size());
        String[] scoring = {
            "run", "scoring", "--dir", folder.resolve("state").toString(), "-D", "rest.bind-port=0"
        };

        CommandRun run = CommandRun.start(with(topics, scoring));
        run.awaitOut("ShivX scoring runs");
        replay(first, topics);
        Until.holds("a vector", () -> !probe.committed("local-features").isEmpty());
        run.interrupt();

        assertThat(run.exitCode()).as(run.toString()).isZero();
        Matcher savepoint = Pattern.compile("stopped with the savepoint (\\S+)").matcher(run.out());
        assertThat(savepoint.find()).as(run.out()).isTrue();

        replay(second, topics);
        String[] goingOn = {"-D", "execution.state-recovery.path=" + savepoint.group(1)};
        CommandRun again = CommandRun.start(with(topics, with(goingOn, scoring)));
        again.awaitOut("ShivX scoring runs");
        Until.holds(
                "all predictions",
                () -> probe.values("local-predictions").size() >= tape.predictions().size());
        again.interrupt();

        assertThat(again.exitCode()).as(again.toString()).isZero();
        List<String> predictions = probe.values("local-predictions");
        assertThat(new TreeSet<>(predictions)).isEqualTo(tape.predictions());
        assertThat(predictions).as("none twice").hasSameSizeAs(tape.predictions());
    }

    @Test
    void backfillsFilesByEventDateAndEnds() throws Exception {
        Path ticks = tape.write(folder.resolve("ticks.jsonl"), 0, tape.ticks().size());
        Path output = folder.resolve("vectors");

        CommandRun run =
                CommandRun.of(
                        "run",
                        "backfill",
                        "--dir",
                        folder.resolve("state").toString(),
                        "-D",
                        "backfill.ticks=" + ticks,
                        "-D",
                        "backfill.output=" + output.toUri(),
                        "-D",
                        "rest.bind-port=0");

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out()).contains("ShivX backfill has finished");
        assertThat(
                        vectors(
                                output.resolve(
                                        "features/feature_set=market-v1/event_date="
                                                + TestTape.DATE)))
                .isEqualTo(tape.predictions().size() + tape.notReady());

        CommandRun described = CommandRun.of("log", "describe", output.toString());
        assertThat(described.exitCode()).as(described.toString()).isZero();
        assertThat(described.out())
                .startsWith("features market-v1")
                .contains("dates     %s .. %s".formatted(TestTape.DATE, TestTape.DATE))
                .contains("missing   no date");
    }

    @Test
    void logsWhatIsPredictedUntilItIsStopped() throws Exception {
        String[] topics = topics("logged");
        probe.send("logged-predictions", tape.predictions());
        Path files = folder.resolve("log");
        String[] log = {
            "run",
            "log",
            "--dir",
            folder.resolve("state").toString(),
            "-D",
            "rest.bind-port=0",
            "-D",
            "log.output=" + files.toUri(),
            "-D",
            "log.checkpoint-interval=200 ms",
            "-D",
            "log.merge-checkpoints=2"
        };

        CommandRun run = CommandRun.start(with(topics, log));
        run.awaitOut("ShivX log runs");
        Until.holds(
                "all predictions in files",
                () -> rows(describe(files), "predictions") >= tape.predictions().size());
        run.interrupt();

        assertThat(run.exitCode()).as(run.toString()).isZero();
        assertThat(run.out()).contains("stopped with the savepoint");
        JsonNode content = describe(files);
        assertThat(rows(content, "predictions")).isEqualTo(tape.predictions().size());
        JsonNode predictions = content.at("/kinds/0");
        assertThat(predictions.get("first_date").asText()).isEqualTo(TestTape.DATE);
        assertThat(predictions.get("feature_set").isNull()).isTrue();
        assertThat(predictions.get("versions").size()).isOne();
        assertThat(predictions.get("symbols").isEmpty()).isFalse();
        assertThat(predictions.get("missing_dates").isEmpty()).isTrue();
    }

    /** What {@code log describe} says; nothing is no log yet. */
    private static JsonNode describe(Path files) throws Exception {
        Files.createDirectories(files);
        CommandRun run = CommandRun.of("log", "describe", files.toString(), "-o", "json");
        assertThat(run.exitCode()).as(run.toString()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    private static long rows(JsonNode content, String kind) {
        long rows = 0;
        for (JsonNode summary : content.get("kinds")) {
            rows += summary.get("kind").asText().equals(kind) ? summary.get("rows").asLong() : 0;
        }
        return rows;
    }

    /** The very jar that a cluster of one's own is sent, over the same REST API. */
    @Test
    void submitsTheJobsJarToACluster() throws Exception {
        assumeTrue(
                Files.exists(Installation.jobsJar()),
                "SKIPPED: no job jar; ./mvnw -Dquick -pl jobs -am package makes it");
        String[] topics = topics("cluster");
        Path ticks = tape.write(folder.resolve("ticks.jsonl"), 0, tape.ticks().size());
        Configuration configuration = EmbeddedFlink.configuration(Installation.flinkConf());
        configuration.set(RestOptions.BIND_PORT, "0");
        // A genuine cluster has no Kafka in its lib; this process has Flink's connector, which
        // comes
        // from the parent like all of Flink, so what it speaks of must as well. The rest is the
        // jar's.
        configuration.set(
                CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL,
                List.of("ai.onnxruntime", "org.apache.kafka"));
        try (EmbeddedFlink flink = EmbeddedFlink.start(configuration, 1, null)) {
            String target = "localhost:" + flink.webUi().getPort();

            CommandRun run = CommandRun.of(with(topics, "run", "scoring", "--target", target));

            assertThat(run.exitCode()).as(run.toString()).isZero();
            assertThat(run.out())
                    .contains("uploading shivx-jobs.jar", target + "/#/job/running/", "Exceptions");
            replay(ticks, topics);
            Until.holds(
                    "all predictions",
                    () -> probe.values("cluster-predictions").size() >= tape.predictions().size());
            assertThat(new TreeSet<>(probe.values("cluster-predictions")))
                    .isEqualTo(tape.predictions());

            // A cluster sees files and a Kafka that this machine may not: it is the job that looks.
            assertThat(refusal(target, with(topics, "--model", "/not/there.onnx")))
                    .contains("/not/there.onnx");
            assertThat(refusal(target, "--bootstrap-server", "kafka.cluster.invalid:9092"))
                    .isNotEmpty();
        }
    }

    /** Why a cluster does not take the scoring job. */
    private static String refusal(String target, String... more) throws Exception {
        String[] args = with(new String[] {"--target", target}, "run", "scoring");
        CommandRun run = CommandRun.of(with(more, args));
        String refuses = "error: Flink at http://" + target + " refuses: ";
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().startsWith(refuses);
        return run.err().substring(refuses.length()).strip();
    }

    @Test
    void saysThatNoClusterAnswers() throws Exception {
        CommandRun run = CommandRun.of("run", "scoring", "--target", "localhost:1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("cannot reach Flink at http://localhost:1");
    }

    /** Makes topics of these names and returns the arguments that mean them. */
    private static String[] topics(String name) throws Exception {
        String[] args = {
            "--bootstrap-server",
            kafka.bootstrapServers(),
            "-D",
            "kafka.topic-prefix=" + name + "-",
            "-D",
            "deployment.name=" + name
        };
        CommandRun created = CommandRun.of(with(args, "topics", "create"));
        assertThat(created.exitCode()).as(created.toString()).isZero();
        return args;
    }

    private static void replay(Path ticks, String[] topics) throws Exception {
        CommandRun fed = CommandRun.of(with(topics, "replay", "--ticks", ticks.toString()));
        assertThat(fed.exitCode()).as(fed.toString()).isZero();
    }

    private static String[] with(String[] last, String... first) {
        return Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new);
    }

    private static int vectors(Path directory) throws IOException {
        int vectors = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".avro")).toList()) {
                try (DataFileReader<GenericRecord> reader =
                        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
                    while (reader.hasNext()) {
                        reader.next();
                        vectors++;
                    }
                }
            }
        }
        return vectors;
    }
}
