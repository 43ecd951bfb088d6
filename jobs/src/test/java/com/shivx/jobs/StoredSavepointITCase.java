package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.testing.TestResources;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.Until;
import com.shivx.jobs.testing.WrittenVectors;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scoring job of today goes on from the savepoint of an earlier release as if that release had
 * never stopped: every operator finds its state, the symbols are warm, the source goes on at its
 * offsets, the sinks begin new transactions.
 *
 * <p>A savepoint lies in {@code src/test/resources/savepoints/RELEASE}, in the canonical format. A
 * release adds its own and never replaces another's: put its number below and run
 *
 * <pre>
 * ./mvnw -pl jobs -am -Dtest=StoredSavepointITCase -Dsurefire.failIfNoSpecifiedTests=false -Dshivx.write-state=true test
 * </pre>
 *
 * <p>The broker it was taken on is gone. What the job needs of it is rebuilt from the same ticks in
 * the same order, which therefore have the same offsets. No transaction was left open: the
 * savepoint is taken when all results are committed, so that the sinks hold nothing to commit.
 */
class StoredSavepointITCase {

    /** What was sent before the savepoint: 70 s of three symbols, so that all are warm. */
    private static final int BEFORE = 3 * 700;

    /** Never to be changed: stored savepoints hold what it left behind. */
    private static final List<Tick> TAPE = Tape.of(3, 900, 11);

    private EmbeddedKafka kafka;
    private KafkaProbe probe;
    private EmbeddedFlink flink;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start();
        probe = new KafkaProbe(kafka.bootstrapServers());
        Path root = Path.of(System.getProperty("shivx.root", ".."));
        Configuration configuration = EmbeddedFlink.configuration(root.resolve("flink-conf"));
        // All state in one file.
        configuration.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.parse("1 mb"));
        flink = EmbeddedFlink.start(configuration, 1, null);
    }

    @AfterEach
    void stop() throws Exception {
        flink.close();
        probe.close();
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0"})
    void goesOnFromTheSavepointOfARelease(String release) throws Exception {
        Path savepoint = TestResources.file("savepoints").resolve(release);
        List<Tick> before = TAPE.subList(0, BEFORE);
        List<Tick> after = TAPE.subList(BEFORE, TAPE.size());
        Scoring run = new Scoring(probe, kafka.bootstrapServers(), "stored");
        run.send(before);
        if (Boolean.getBoolean("shivx.write-state") && !Files.exists(savepoint)) {
            write(savepoint, run, before);
            return;
        }
        run.send(after);

        Map<String, String> predictions = Scoring.offline(TAPE);
        predictions.keySet().removeAll(Scoring.offline(before).keySet());
        WrittenVectors vectors = WrittenVectors.ofKernel(TAPE);
        vectors.removeAll(WrittenVectors.ofKernel(before));

        Configuration restore = new Configuration();
        restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
        JobClient job = submit(run, restore);
        awaitAll(run, predictions.size(), after.size());
        job.cancel().get();

        assertThat(run.predictions()).isEqualTo(predictions);
        WrittenVectors.inTopic(probe, run.topic(Topic.FEATURES)).assertSameAs(vectors);
        assertThat(probe.committed(run.topic(Topic.SET_ASIDE))).isEmpty();
    }

    private void write(Path savepoint, Scoring run, List<Tick> ticks) throws Exception {
        JobClient job = submit(run, new Configuration());
        awaitAll(run, Scoring.offline(ticks).size(), ticks.size());
        // Its path becomes part of the savepoint.
        Path taken =
                Path.of(
                        URI.create(
                                job.stopWithSavepoint(
                                                false,
                                                "file:///tmp/shivx-savepoint",
                                                SavepointFormatType.CANONICAL)
                                        .get()));
        Files.createDirectories(savepoint);
        try (Stream<Path> files = Files.list(taken)) {
            for (Path file : files.toList()) {
                Files.move(file, savepoint.resolve(file.getFileName()));
            }
        }
        Files.delete(taken);
        assertThat(savepoint).isDirectoryContaining("glob:**/_metadata");
    }

    private static void awaitAll(Scoring run, int predictions, int ticks) throws Exception {
        Until.holds("every tick answered", () -> run.answered() >= ticks);
        Until.holds("every prediction committed", () -> run.committed() >= predictions);
    }

    private JobClient submit(Scoring run, Configuration flinks) throws Exception {
        StreamExecutionEnvironment env = flink.environment(flinks);
        ScoringJob.build(env, run.options());
        return env.executeAsync(ScoringJob.NAME);
    }
}
