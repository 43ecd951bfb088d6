package com.shivx.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shivx.features.FeatureVector;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.log.LogFile;
import com.shivx.jobs.log.LogFolder;
import com.shivx.jobs.log.LogKind;
import com.shivx.jobs.options.LogOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.LogRun;
import com.shivx.jobs.testing.Python;
import com.shivx.jobs.testing.Until;
import com.shivx.jobs.wire.FeatureVectorAvro;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Prediction;
import com.shivx.models.outcome.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a real broker and a real cluster, as the shipped configuration has it. */
class LogJobITCase {

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;
    private static int taskManager;

    private final List<JobClient> jobs = new ArrayList<>();

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        probe = new KafkaProbe(kafka.bootstrapServers());
        flink = Cluster.shipped();
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
        probe.close();
        kafka.close();
    }

    /** A test that fails would otherwise keep its slots from the next one. */
    @AfterEach
    void cancelJobs() throws Exception {
        for (JobClient job : jobs) {
            if (!job.getJobStatus().get().isTerminalState()) {
                job.cancel().get();
            }
            Until.holds("a job's end", () -> job.getJobStatus().get().isTerminalState());
        }
    }

    @Test
    void logsEveryCommittedRecordOnceAlthoughTheTaskManagerDiesThreeTimes() throws Exception {
        LogRun run = run("killed");
        List<FeatureVector> vectors = LogRun.vectors(4_000, 1);
        List<Prediction> predictions = LogRun.predictions(vectors);
        JobClient job = submit(run, new Configuration());
        probe.sendAndAbort(LogRun.vectors(10, 99).stream().map(run::record).toList());

        int quarter = vectors.size() / 4;
        for (int round = 0; round < 4; round++) {
            int from = round * quarter;
            run.send(
                    vectors.subList(from, from + quarter),
                    predictions.subList(from, from + quarter));
            if (round < 3) {
                long before = (long) round * quarter / 2;
                Until.holds("a file of this round", () -> run.rows(LogKind.FEATURES) > before);
                flink.killTaskManager(taskManager);
                taskManager = flink.startTaskManager();
            }
        }
        awaitRows(run, vectors.size());
        assertThat(Cluster.restarted(flink, job)).isTrue();
        job.cancel().get();

        run.assertHolds(vectors, predictions, run.sentOutcomes());
        assertThat(files(run))
                .allSatisfy(file -> assertThat(file.path().getName()).startsWith("compacted-"));
    }

    /**
     * Stopped with files that are open and files that wait to be merged; with merging switched off
     * and on again meanwhile, which must not strand what waits for it.
     */
    @Test
    void goesOnFromSavepointsAsIfNeverStopped() throws Exception {
        LogRun run = run("stopped");
        List<FeatureVector> vectors = LogRun.vectors(900, 2);
        List<Prediction> predictions = LogRun.predictions(vectors);
        Configuration restore = new Configuration();
        for (int round = 0; round < 3; round++) {
            run.options().set(LogOptions.MERGE_CHECKPOINTS, round == 1 ? 0 : 1_000);
            int before = run.files();
            JobClient job = submit(run, restore);
            int from = round * 300;
            run.send(vectors.subList(from, from + 300), predictions.subList(from, from + 300));
            Until.holds(
                    "files of this round",
                    () -> Cluster.checkpointed(flink, job) && run.files() > before);
            restore.set(
                    StateRecoveryOptions.SAVEPOINT_PATH,
                    job.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL).get());
        }
        run.options().set(LogOptions.MERGE_CHECKPOINTS, 0);
        JobClient last = submit(run, restore);
        awaitRows(run, vectors.size());
        last.cancel().get();

        run.assertHolds(vectors, predictions, run.sentOutcomes());
    }

    @Test
    void setsApartWhatItCannotRead() throws Exception {
        LogRun run = run("bad");
        List<FeatureVector> vectors = LogRun.vectors(30, 3);
        List<Prediction> predictions = LogRun.predictions(vectors);
        JobClient job = submit(run, new Configuration());
        byte[] good = new FeatureVectorAvro().write(vectors.get(0));
        String prediction =
                new String(new PredictionJson().write(predictions.get(0)), StandardCharsets.UTF_8);
        String known = FeatureVectorAvro.FINGERPRINT;

        probe.send(run.avroRecord(known, "S0", null));
        probe.send(run.avroRecord(known, "S0", Arrays.copyOf(good, good.length / 2)));
        probe.send(run.avroRecord("0123456789abcdef", "S0", good));
        probe.send(run.avroRecord(known, "S0", ofHash(vectors.get(0), "../../../elsewhere")));
        probe.send(run.avroRecord(known, "S0", ofSize(vectors.get(0), 3)));
        probe.send(json(run, Topic.FEATURES, "{}"));
        probe.send(json(run, Topic.PREDICTIONS, "nothing of the kind"));
        probe.send(json(run, Topic.PREDICTIONS, prediction.replace("\"symbol\"", "\"other\"")));
        probe.send(json(run, Topic.PREDICTIONS, prediction.replace("CHAMPION", "EMPEROR")));
        probe.send(new ProducerRecord<>(run.topic(Topic.PREDICTIONS), null));
        probe.send(json(run, Topic.OUTCOMES, prediction));
        run.send(vectors, predictions);
        awaitRows(run, vectors.size());
        Until.holds("all dead letters", () -> letters(run).size() >= 11);
        assertThat(Cluster.restarted(flink, job)).isFalse();
        job.cancel().get();

        run.assertHolds(vectors, predictions, run.sentOutcomes());
        assertThat(letters(run))
                .containsExactlyInAnyOrder(
                        "features EMPTY",
                        "features WRONG_TYPE",
                        "features WRONG_TYPE",
                        "features WRONG_TYPE",
                        "features WRONG_TYPE",
                        "features MISSING_FIELD",
                        "predictions NOT_JSON",
                        "predictions MISSING_FIELD",
                        "predictions WRONG_TYPE",
                        "predictions EMPTY",
                        "outcomes MISSING_FIELD");
    }

    @Test
    void pythonReadsWhatItWrites() throws Exception {
        Path python = Python.interpreter("fastavro");
        LogRun run = run("python");
        List<FeatureVector> vectors = LogRun.vectors(500, 4);
        List<Prediction> predictions = LogRun.predictions(vectors);
        JobClient job = submit(run, new Configuration());
        run.send(vectors, predictions);
        awaitRows(run, vectors.size());
        job.cancel().get();

        List<String> expected = new ArrayList<>();
        for (FeatureVector vector : vectors) {
            double sum = 0;
            for (float value : vector.values()) {
                sum += Float.isNaN(value) ? 0 : value;
            }
            expected.add("%s %s %s".formatted(vector.vectorId(), vector.ready(), sum));
        }
        for (Prediction prediction : predictions) {
            expected.add(
                    "%s %s %s %s"
                            .formatted(
                                    prediction.predictionId(),
                                    prediction.role(),
                                    prediction.prediction(),
                                    prediction.probabilities().length == 0
                                            ? "-"
                                            : "UP=" + (double) prediction.probabilities()[0]));
        }
        for (Outcome outcome : run.sentOutcomes()) {
            expected.add(
                    "%s %d %s %s"
                            .formatted(
                                    outcome.prediction().predictionId(),
                                    outcome.revision(),
                                    outcome.direction(),
                                    outcome.correct()));
        }
        assertThat(Python.lines(python, "/python/read_log.py", folder.resolve("log").toString()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void refusesWhatCannotWorkBeforeAnythingRuns() {
        Configuration options = new Configuration();
        assertThatThrownBy(() -> LogJob.build(flink.environment(), options))
                .hasMessageContaining("log.output is missing");
        options.set(LogOptions.OUTPUT, folder.toUri().toString());
        options.set(LogOptions.MERGE_CHECKPOINTS, -1);
        assertThatThrownBy(() -> LogJob.build(flink.environment(), options))
                .hasMessageContaining("log.merge-checkpoints is -1; write 0 or more");
        options.set(LogOptions.MERGE_CHECKPOINTS, 1);
        options.set(LogOptions.PARALLELISM, 0);
        assertThatThrownBy(() -> LogJob.build(flink.environment(), options))
                .hasMessageContaining("log.parallelism is 0; write 1 or more");
    }

    private LogRun run(String name) throws Exception {
        return new LogRun(probe, kafka.bootstrapServers(), "log-" + name, folder.resolve("log"));
    }

    private JobClient submit(LogRun run, Configuration flinks) throws Exception {
        StreamExecutionEnvironment env = flink.environment(flinks);
        LogJob.build(env, run.options());
        JobClient job = env.executeAsync(LogJob.NAME);
        jobs.add(job);
        return job;
    }

    private static void awaitRows(LogRun run, long rows) throws Exception {
        Until.holds("all vectors in files", () -> run.rows(LogKind.FEATURES) >= rows);
        Until.holds("all predictions in files", () -> run.rows(LogKind.PREDICTIONS) >= rows);
        Until.holds(
                "all outcomes in files",
                () -> run.rows(LogKind.OUTCOMES) >= run.sentOutcomes().size());
    }

    private static List<LogFile> files(LogRun run) throws Exception {
        List<LogFile> files = new ArrayList<>();
        for (LogKind kind : LogKind.values()) {
            files.addAll(LogFolder.list(run.log(), kind).finished());
        }
        return files;
    }

    private static List<String> letters(LogRun run) {
        return probe.committed(run.topic(Topic.DEAD_LETTERS)).stream()
                .map(
                        record ->
                                new String(
                                                        record.headers()
                                                                .lastHeader("shivx.error.topic")
                                                                .value(),
                                                        StandardCharsets.UTF_8)
                                                .replaceFirst("^log-bad-", "")
                                        + " "
                                        + new String(
                                                record.headers()
                                                        .lastHeader("shivx.error.reason")
                                                        .value(),
                                                StandardCharsets.UTF_8))
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> json(LogRun run, Topic topic, String value) {
        return new ProducerRecord<>(run.topic(topic), value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] ofHash(FeatureVector vector, String hash) {
        return rewritten(vector, hash, vector.values());
    }

    private static byte[] ofSize(FeatureVector vector, int size) {
        return rewritten(vector, vector.featureSetHash(), new float[size]);
    }

    private static byte[] rewritten(FeatureVector vector, String hash, float[] values) {
        return new FeatureVectorAvro()
                .write(
                        new FeatureVector(
                                vector.vectorId(),
                                vector.symbol(),
                                vector.kind(),
                                vector.eventTimeMicros(),
                                hash,
                                true,
                                values));
    }
}
