package com.shivx.jobs;

import static com.shivx.models.testing.MeasuredDirection.ROWS_PER_WINDOW;
import static com.shivx.models.testing.MeasuredDirection.WINDOW_MICROS;
import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.live.Verdict;
import com.shivx.features.FeatureVector;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.DriftOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.jobs.testing.Cluster;
import com.shivx.jobs.testing.KafkaProbe;
import com.shivx.jobs.testing.ReplayedDrift;
import com.shivx.jobs.testing.Scoring;
import com.shivx.jobs.testing.Uids;
import com.shivx.jobs.testing.Until;
import com.shivx.jobs.wire.FeatureVectorAvro;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import com.shivx.models.Alarm;
import com.shivx.models.Prediction;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.drift.DriftReport;
import com.shivx.models.testing.DirectionModels;
import com.shivx.models.testing.MeasuredDirection;
import com.shivx.models.wire.AlarmJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DriftReportJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.SinkTransformation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a real broker and a real cluster, as the shipped configuration has it. */
class DriftJobITCase {

    private static final String VERSION = "1.0.0";
    private static final String SHADOW = "2.0.0";

    /** Of a line of its own, which the job is started with: told of once, before any window. */
    private static final String BUILT_IN = "0.1.0";

    /** So many are closed for sure by the rows after them. */
    private static final int WINDOWS = 9;

    private static final int ROWS = (WINDOWS + 1) * ROWS_PER_WINDOW;

    private static final byte[] FINGERPRINT =
            FeatureVectorAvro.FINGERPRINT.getBytes(StandardCharsets.UTF_8);

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static KafkaProbe probe;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(0, null, Map.of());
        probe = new KafkaProbe(kafka.bootstrapServers());
        flink = Cluster.shippedHighlyAvailable();
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
        probe.close();
        kafka.close();
    }

    /**
     * Three symbols do not fill four partitions, so that one is empty for ever; all are idle
     * between two rounds; and what is deployed is stamped half a century after the rows, which are
     * of 1970.
     */
    @Test
    void reportsAreTheDefinitionsAlthoughAllDieInMidWindowAndNothingComesForAWhile()
            throws Exception {
        Scoring run = run("drift");
        deploy(run, DirectionModels.alone(1, measured(VERSION)));
        StreamExecutionEnvironment env = flink.environment(new Configuration());
        DriftJob.build(env, run.options());
        JobClient job = env.executeAsync(DriftJob.NAME);
        // In the middle of windows each: the rows before a death and those after it are of one.
        int[] ends = {ROWS / 3, ROWS * 2 / 3, ROWS * 5 / 6, ROWS};
        int from = 0;
        for (int round = 0; round < ends.length; round++) {
            int to = ends[round];
            send(run, from, to);
            from = to;
            if (to == ROWS) {
                break;
            }
            int closed = to / ROWS_PER_WINDOW - 1;
            Until.holds(
                    closed + " windows reported",
                    () -> probe.count(run.topic(Topic.DRIFT_REPORTS)) > closed);
            if (round < 2) {
                flink.killTaskManager(round);
                flink.startTaskManager();
            } else {
                assertThat(Cluster.restarted(flink, job)).isTrue();
                flink.killJobManager(job.getJobID());
            }
        }
        Until.holds(
                "every window reported",
                () -> probe.count(run.topic(Topic.DRIFT_REPORTS)) > WINDOWS);
        Deployment second = DirectionModels.alone(2, measured(VERSION));
        deploy(run, withShadow(second, DirectionModels.write(folder, SHADOW, model(SHADOW))));
        Until.holds("the shadow is told of", () -> reports(run).containsKey(SHADOW + " 0"));
        assertThat(Cluster.restored(flink, job)).isTrue();
        job.cancel().get();

        Map<String, String> reports = reports(run);
        DriftReport builtIn = read(reports.remove(BUILT_IN + " 0"));
        assertThat(builtIn.reason()).contains("built in and was never measured");
        DriftReport shadow = read(reports.remove(SHADOW + " 0"));
        assertThat(shadow.verdict()).isEqualTo(Verdict.INSUFFICIENT);
        assertThat(shadow.reason()).contains("there is no reference.json beside");
        assertThat(shadow.role()).isEqualTo(Role.SHADOW);
        assertThat(reports).isEqualTo(expected(1));
        assertThat(probe.committed(run.topic(Topic.ALARMS)))
                .singleElement()
                .satisfies(
                        record -> {
                            Alarm alarm = new AlarmJson().read(record.value());
                            assertThat(alarm.kind()).isEqualTo(Alarm.Kind.DRIFT);
                            assertThat(alarm.raised()).isTrue();
                            assertThat(alarm.sinceMicros()).isEqualTo(3 * WINDOW_MICROS);
                            assertThat(alarm.evidence()).containsKey("drift_score.log_return_1s");
                        });
        assertThat(probe.committed(run.topic(Topic.DEAD_LETTERS))).isEmpty();
    }

    /** Four times as many reports of the same rows. */
    @Test
    void reportsOfWindowsThatOverlapAreThoseOfRowsMovedInTime() throws Exception {
        Scoring run = run("sliding");
        run.options().set(DriftOptions.OVERLAP, 4);
        deploy(run, DirectionModels.alone(1, measured(VERSION)));
        StreamExecutionEnvironment env = flink.environment(new Configuration());
        DriftJob.build(env, run.options());
        JobClient job = env.executeAsync(DriftJob.NAME);
        send(run, 0, ROWS);
        String last = VERSION + " " + (WINDOWS - 1) * WINDOW_MICROS;
        Until.holds("every window reported", () -> reports(run).containsKey(last));
        job.cancel().get();

        Map<String, String> reports = reports(run);
        reports.remove(BUILT_IN + " 0");
        Map<String, String> expected = expected(4);
        // The rows of the last window close some that begin before it.
        reports.keySet().retainAll(expected.keySet());
        assertThat(expected).hasSize(1 + (WINDOWS - 1) * 4);
        assertThat(reports).isEqualTo(expected);
    }

    /** A uid is for ever; and a sink's makes transactional ids, which no two jobs may share. */
    @Test
    void pinsItsUidsAndSharesNoSinkWithOtherJobs() throws Exception {
        Scoring run = run("uids");
        StreamExecutionEnvironment drift = new StreamExecutionEnvironment();
        DriftJob.build(drift, run.options());
        assertThat(Uids.of(drift, Transformation.class))
                .containsExactlyInAnyOrder(
                        "drift-features-source",
                        "drift-features-apart",
                        "drift-predictions-source",
                        "drift-predictions-apart",
                        "deployments-source",
                        "deployments-read",
                        "drift-references",
                        "drift-deployments",
                        "drift-vectors",
                        "drift-predictions",
                        "drift-window-counts",
                        "drift",
                        "drift-reports-sink",
                        "drift-alarms-sink",
                        "drift-dead-letters-sink");
        Set<String> others = new HashSet<>();
        StreamExecutionEnvironment scoring = new StreamExecutionEnvironment();
        Configuration options = new Configuration(run.options());
        options.removeConfig(ScoringOptions.ALLOWED_URIS);
        ScoringJob.build(scoring, options);
        others.addAll(Uids.of(scoring, SinkTransformation.class));
        StreamExecutionEnvironment accuracy = new StreamExecutionEnvironment();
        AccuracyJob.build(accuracy, options);
        others.addAll(Uids.of(accuracy, SinkTransformation.class));
        StreamExecutionEnvironment lifecycle = new StreamExecutionEnvironment();
        LifecycleJob.build(lifecycle, options);
        others.addAll(Uids.of(lifecycle, SinkTransformation.class));
        assertThat(others)
                .isNotEmpty()
                .doesNotContainAnyElementsOf(Uids.of(drift, SinkTransformation.class));
    }

    private Scoring run(String name) throws Exception {
        Scoring run = new Scoring(probe, kafka.bootstrapServers(), name);
        run.options().set(DriftOptions.IDLE_AFTER, Duration.ofSeconds(10));
        run.options().set(ScoringOptions.ALLOWED_URIS, List.of(folder.toString()));
        return run;
    }

    /** A version in a folder of its own, its reference beside it. */
    private ModelRef measured(String version) throws Exception {
        Path place = Files.createDirectories(folder.resolve(version));
        Files.write(place.resolve("reference.json"), MeasuredDirection.reference());
        return DirectionModels.write(place, version, model(version));
    }

    private static byte[] model(String version) {
        return DirectionModels.constant(version, 0.4f);
    }

    private static Deployment withShadow(Deployment deployment, ModelRef shadow) {
        return new Deployment(
                deployment.model(),
                deployment.generation(),
                deployment.mode(),
                deployment.champion(),
                null,
                0,
                List.of(shadow),
                deployment.symbols(),
                deployment.routingUnit(),
                deployment.routingSliceMicros(),
                deployment.salt(),
                deployment.requestId());
    }

    private static void deploy(Scoring run, Deployment deployment) {
        DeploymentJson json = new DeploymentJson();
        probe.send(run.topic(Topic.DEPLOYMENTS), json.key(deployment), json.write(deployment));
        probe.flush();
    }

    private static void send(Scoring run, int from, int to) {
        FeatureVectorAvro avro = new FeatureVectorAvro();
        PredictionJson json = new PredictionJson();
        for (int row = from; row < to; row++) {
            FeatureVector vector = vector(row);
            byte[] key = vector.symbol().getBytes(StandardCharsets.UTF_8);
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(run.topic(Topic.FEATURES), key, avro.write(vector));
            record.headers().add(FeatureVectorAvro.FINGERPRINT_HEADER, FINGERPRINT);
            probe.send(record);
            probe.send(run.topic(Topic.PREDICTIONS), key, json.write(prediction(row)));
        }
        probe.flush();
    }

    /** From the fourth window on the first feature is another. */
    private static FeatureVector vector(int row) {
        return MeasuredDirection.vector(row, row < 3 * ROWS_PER_WINDOW ? 0 : 3);
    }

    private static Prediction prediction(int row) {
        return MeasuredDirection.prediction(row, VERSION, Role.CHAMPION);
    }

    /**
     * What one thread without Flink or Kafka makes of the rows, by version and window. Windows that
     * begin between others are those of rows that came earlier.
     */
    private static Map<String, String> expected(int overlap) throws Exception {
        Map<String, String> expected = new TreeMap<>();
        for (int phase = 0; phase < overlap; phase++) {
            long later = phase * WINDOW_MICROS / overlap;
            ReplayedDrift replayed = replayed(later);
            for (long start = 0;
                    start + later + WINDOW_MICROS <= WINDOWS * WINDOW_MICROS;
                    start += WINDOW_MICROS) {
                DriftReport report =
                        MeasuredDirection.moved(
                                replayed.next(VERSION, start, Role.CHAMPION, 1), later);
                expected.put(key(report), text(new DriftReportJson().write(report)));
            }
        }
        return expected;
    }

    private static ReplayedDrift replayed(long earlierMicros) throws Exception {
        int first = (int) (earlierMicros / MeasuredDirection.ROW_MICROS);
        return new ReplayedDrift(
                MeasuredDirection.deployment(1, MeasuredDirection.watched(VERSION, Role.CHAMPION)),
                IntStream.range(first, ROWS)
                        .mapToObj(row -> MeasuredDirection.moved(vector(row), -earlierMicros))
                        .toList(),
                IntStream.range(first, ROWS)
                        .mapToObj(row -> MeasuredDirection.moved(prediction(row), -earlierMicros))
                        .toList());
    }

    private static Map<String, String> reports(Scoring run) throws Exception {
        Map<String, String> reports = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                probe.committed(run.topic(Topic.DRIFT_REPORTS))) {
            String key = key(new DriftReportJson().read(record.value()));
            assertThat(reports.put(key, text(record.value()))).as("%s comes once", key).isNull();
        }
        return reports;
    }

    private static DriftReport read(String report) throws Exception {
        return new DriftReportJson().read(report.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(DriftReport report) {
        return report.modelVersion() + " " + report.windowStartMicros();
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
