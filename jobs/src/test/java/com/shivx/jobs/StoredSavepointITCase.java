package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureVector;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.log.LogKind;
import com.shivx.jobs.testing.AccuracyRun;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.LogRun;
import com.shivx.jobs.testing.ReplayedOutcomes;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.StoredSavepoint;
import com.shivx.jobs.testing.Tape;
import com.shivx.jobs.testing.Until;
import com.shivx.jobs.testing.WrittenVectors;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Prediction;
import com.shivx.models.outcome.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The jobs of today go on from the savepoints of an earlier release as if that release had never
 * stopped: every operator finds its state, the symbols are warm, the sources go on at their
 * offsets, the sinks begin new transactions.
 *
 * <p>Savepoints lie in {@code src/test/resources/savepoints}, in the canonical format, those of the
 * scoring job by their release and others in folders of their jobs. A release adds its own and
 * never replaces another's: put its number below and run
 *
 * <pre>
 * ./mvnw -pl jobs -am -Dtest=StoredSavepointITCase -Dsurefire.failIfNoSpecifiedTests=false -Dshivx.write-state=true test
 * </pre>
 *
 * <p>The broker they were taken on is gone. What a job needs of it is rebuilt from the same records
 * in the same order, which therefore have the same offsets. No transaction was left open: the
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

    @TempDir Path folder;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start();
        probe = new KafkaProbe(kafka.bootstrapServers());
        Configuration configuration = Cluster.shippedConfiguration();
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
    void scoringGoesOnFromTheSavepointOfARelease(String release) throws Exception {
        StoredSavepoint savepoint = new StoredSavepoint(release);
        List<Tick> before = TAPE.subList(0, BEFORE);
        List<Tick> after = TAPE.subList(BEFORE, TAPE.size());
        Scoring run = new Scoring(probe, kafka.bootstrapServers(), "stored");
        run.send(before);
        if (savepoint.isToBeWritten()) {
            JobClient job = scoring(run, new Configuration());
            awaitAll(run, Scoring.offline(before).size(), before.size());
            savepoint.write(job);
            return;
        }
        run.send(after);

        Map<String, String> predictions = Scoring.offline(TAPE);
        predictions.keySet().removeAll(Scoring.offline(before).keySet());
        WrittenVectors vectors = WrittenVectors.ofKernel(TAPE);
        vectors.removeAll(WrittenVectors.ofKernel(before));

        JobClient job = scoring(run, savepoint.restoring());
        awaitAll(run, predictions.size(), after.size());
        job.cancel().get();

        assertThat(run.predictions()).isEqualTo(predictions);
        WrittenVectors.inTopic(probe, run.topic(Topic.FEATURES)).assertSameAs(vectors);
        assertThat(probe.committed(run.topic(Topic.SET_ASIDE))).isEmpty();
    }

    /**
     * Partitions that hold nothing yet keep event time back until after the savepoint: no window is
     * told before, and what each holds by then is in the savepoint.
     */
    @ParameterizedTest
    @ValueSource(strings = {"0.1.0"})
    void accuracyGoesOnFromTheSavepointOfARelease(String release) throws Exception {
        StoredSavepoint savepoint = new StoredSavepoint("accuracy/" + release);
        List<Prediction> predictions = Scoring.predictionsOf(TAPE);
        List<Prediction> first = Scoring.predictionsOf(TAPE.subList(0, BEFORE));
        Map<String, ReplayedOutcomes.Result> decided =
                new ReplayedOutcomes(TAPE.subList(0, BEFORE), first, AccuracyRun.horizonsMicros())
                        .results();
        decided.values().removeIf(result -> result.direction().equals("MISSING"));
        Scoring run = new Scoring(probe, kafka.bootstrapServers(), "stored");
        AccuracyRun accuracy = new AccuracyRun(probe, run);
        run.send(TAPE.subList(0, BEFORE));
        accuracy.send(first);
        if (savepoint.isToBeWritten()) {
            JobClient job = accuracy(run, new Configuration());
            accuracy.await(decided.size(), Set.of());
            savepoint.write(job);
            assertThat(decided).isNotEmpty();
            assertThat(accuracy.rows()).isEmpty();
            return;
        }
        List<Tick> whole = new ArrayList<>(TAPE);
        whole.addAll(AccuracyRun.later(TAPE, Duration.ofHours(3)));
        ReplayedOutcomes expected =
                new ReplayedOutcomes(whole, predictions, AccuracyRun.horizonsMicros());
        Map<String, ReplayedOutcomes.Result> rest = new HashMap<>(expected.results());
        rest.keySet().removeAll(decided.keySet());
        run.send(whole.subList(BEFORE, whole.size()));
        accuracy.send(predictions.subList(first.size(), predictions.size()));
        accuracy.sendLatePredictions(whole.get(whole.size() - 1));

        JobClient job = accuracy(run, savepoint.restoring());
        accuracy.await(rest.size(), expected.rows().keySet());
        job.cancel().get();

        accuracy.assertOutcomes(rest);
        accuracy.assertRows(expected);
    }

    /** Taken when all files are merged, so that it holds no path of a log that is gone. */
    @ParameterizedTest
    @ValueSource(strings = {"0.1.0"})
    void theLogGoesOnFromTheSavepointOfARelease(String release) throws Exception {
        StoredSavepoint savepoint = new StoredSavepoint("log/" + release);
        List<FeatureVector> vectors = LogRun.vectors(600, 5);
        List<Prediction> predictions = LogRun.predictions(vectors);
        LogRun run =
                new LogRun(probe, kafka.bootstrapServers(), "stored-log", folder.resolve("log"));
        run.send(vectors.subList(0, 300), predictions.subList(0, 300));
        int outcomes = run.sentOutcomes().size();
        if (savepoint.isToBeWritten()) {
            JobClient job = log(run, new Configuration());
            awaitMerged(run, 300, outcomes);
            savepoint.write(job);
            return;
        }
        run.send(vectors.subList(300, 600), predictions.subList(300, 600));
        List<Outcome> rest = run.sentOutcomes().subList(outcomes, run.sentOutcomes().size());

        JobClient job = log(run, savepoint.restoring());
        awaitMerged(run, 300, rest.size());
        job.cancel().get();

        run.assertHolds(vectors.subList(300, 600), predictions.subList(300, 600), rest);
    }

    private static void awaitMerged(LogRun run, int rows, int outcomes) throws Exception {
        Until.holds("all vectors in files", () -> run.rows(LogKind.FEATURES) >= rows);
        Until.holds("all predictions in files", () -> run.rows(LogKind.PREDICTIONS) >= rows);
        Until.holds("all outcomes in files", () -> run.rows(LogKind.OUTCOMES) >= outcomes);
        Until.holds("no file that is not merged", () -> run.unmerged() == 0);
    }

    private static void awaitAll(Scoring run, int predictions, int ticks) throws Exception {
        Until.holds("every tick answered", () -> run.answered() >= ticks);
        Until.holds("every prediction committed", () -> run.committed() >= predictions);
    }

    private JobClient scoring(Scoring run, Configuration flinks) throws Exception {
        StreamExecutionEnvironment env = flink.environment(flinks);
        ScoringJob.build(env, run.options());
        return env.executeAsync(ScoringJob.NAME);
    }

    private JobClient accuracy(Scoring run, Configuration flinks) throws Exception {
        StreamExecutionEnvironment env = flink.environment(flinks);
        AccuracyJob.build(env, run.options());
        return env.executeAsync(AccuracyJob.NAME);
    }

    private JobClient log(LogRun run, Configuration flinks) throws Exception {
        StreamExecutionEnvironment env = flink.environment(flinks);
        LogJob.build(env, run.options());
        return env.executeAsync(LogJob.NAME);
    }
}
