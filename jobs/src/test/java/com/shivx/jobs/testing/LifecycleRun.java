package com.shivx.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.drift.accuracy.AccuracyCounts;
import com.shivx.jobs.LifecycleJob;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.DeploymentOptions;
import com.shivx.jobs.options.JobArguments;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.options.ScoringOptions;
import com.shivx.models.Role;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.DeploymentRequest;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.outcome.AccuracyKey;
import com.shivx.models.outcome.AccuracyRow;
import com.shivx.models.outcome.VoteCount;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.LifecycleEventJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A lifecycle job with topics of its own. */
public final class LifecycleRun {

    /** Years before the clock. */
    private static final long TAPE_MICROS = 1_398_902_400_000_000L;

    private static final long MINUTE_MICROS = 60_000_000;
    private static final int TICK_PARTITIONS = 4;
    private static final int WINDOWS_OF_A_STEP = 3;
    private static final int WATCHED = 3;
    private static final int ROWS_OF_A_WINDOW = 60;

    private final KafkaProbe probe;
    private final Configuration options;
    private long aheadMillis;

    /** Makes the topics of a job. */
    public LifecycleRun(KafkaProbe probe, String bootstrapServers, String name) throws Exception {
        this.probe = probe;
        options =
                JobArguments.checked(
                        Map.of(
                                KafkaOptions.BOOTSTRAP_SERVERS.key(),
                                bootstrapServers,
                                KafkaOptions.TOPIC_PREFIX.key(),
                                name + "-",
                                DeploymentOptions.NAME.key(),
                                name,
                                ScoringOptions.ALLOWED_URIS.key(),
                                "s3://bucket/models;/models"));
        probe.createTopics(options, TICK_PARTITIONS);
    }

    /** What is sent from now on says that it was written so much after it is. */
    public void writeAhead(Duration ahead) {
        aheadMillis = ahead.toMillis();
    }

    public Configuration options() {
        return options;
    }

    public String topic(Topic topic) {
        return topic.name(options);
    }

    public JobClient submit(StreamExecutionEnvironment env) throws Exception {
        LifecycleJob.build(env, options);
        return env.executeAsync(LifecycleJob.NAME);
    }

    /** A request for version 2.0.0. */
    public static DeploymentRequest request(
            String id,
            String model,
            DeploymentMode mode,
            double share,
            @Nullable Long expectedGeneration) {
        return new DeploymentRequest(
                id, model, mode, ref("2.0.0", 2), share, null, expectedGeneration, "a test");
    }

    /** A version whose checksum is of that digit. */
    public static ModelRef ref(String version, int digit) {
        return new ModelRef(version, "file:///models/m.onnx", String.valueOf(digit).repeat(64));
    }

    /** One request after another, each for a version of its own and with the id of its number. */
    public void ask(String prefix, String model, int from, int to) {
        for (int i = from; i < to; i++) {
            send(
                    new DeploymentRequest(
                            prefix + i,
                            model,
                            DeploymentMode.NOW,
                            ref("1.0." + i, i % 10),
                            0,
                            null,
                            null,
                            "a test"));
        }
    }

    public void send(DeploymentRequest request) {
        send(Topic.DEPLOYMENT_REQUESTS, new DeploymentRequestJson(), request);
    }

    /** Sends a record of a control topic. */
    public <T> void send(Topic topic, ControlJson<T> json, T record) {
        Long timestampMillis = aheadMillis == 0 ? null : System.currentTimeMillis() + aheadMillis;
        probe.send(
                new ProducerRecord<>(
                        topic(topic), null, timestampMillis, json.key(record), json.write(record)));
        probe.flush();
    }

    /** Sends what may be no request. */
    public void send(byte[] value) {
        probe.send(topic(Topic.DEPLOYMENT_REQUESTS), null, value);
        probe.flush();
    }

    /**
     * One minute of the three of a step, from shadow to watched, with the votes that take the
     * rollout of 2.0.0 in the place of 1.0.0 on.
     */
    public void window(int step, int window) {
        long start = TAPE_MICROS + (WINDOWS_OF_A_STEP * step + window) * MINUTE_MICROS;
        boolean isWatched = step == WATCHED;
        String champion = isWatched ? "2.0.0" : "1.0.0";
        String challenger = isWatched ? "1.0.0" : "2.0.0";
        Role role = step == 0 || isWatched ? Role.SHADOW : Role.CANARY;
        VoteCount votes = new VoteCount(champion, isWatched ? 1 : 9, isWatched ? 9 : 1, 0);
        row(start, MINUTE_MICROS, champion, Role.CHAMPION, List.of());
        row(start, MINUTE_MICROS, challenger, role, List.of(votes));
    }

    /** A first window, of that length, in which 2.0.0 as a shadow is no better than 1.0.0. */
    public void undecidedWindow(Duration length) {
        long micros = TimeUnit.MICROSECONDS.convert(length);
        row(TAPE_MICROS, micros, "1.0.0", Role.CHAMPION, List.of());
        row(TAPE_MICROS, micros, "2.0.0", Role.SHADOW, List.of(new VoteCount("1.0.0", 1, 1, 0)));
    }

    private void row(long start, long length, String version, Role role, List<VoteCount> votes) {
        AccuracyCounts counts = new AccuracyCounts();
        for (int i = 0; i < ROWS_OF_A_WINDOW; i++) {
            counts.add(0, 0, 3, true);
        }
        send(
                Topic.ACCURACY,
                new AccuracyRowJson(),
                new AccuracyRow(
                        new AccuracyKey("direction", version, role, MINUTE_MICROS),
                        start,
                        start + length,
                        counts,
                        votes));
    }

    public List<LifecycleEvent> events() throws Exception {
        return read(Topic.LIFECYCLE_EVENTS, new LifecycleEventJson());
    }

    /** Those of a model, in their order. */
    public List<Long> generations(String model) throws Exception {
        return read(Topic.DEPLOYMENTS, new DeploymentJson()).stream()
                .filter(deployment -> deployment.model().equals(model))
                .map(Deployment::generation)
                .toList();
    }

    public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return probe.committed(topic(Topic.DEAD_LETTERS));
    }

    /** All committed records of a control topic, each of which has its model for its key. */
    public <T> List<T> read(Topic topic, ControlJson<T> json) throws Exception {
        List<T> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : probe.committed(topic(topic))) {
            T read = json.read(record.value());
            assertThat(record.key()).isEqualTo(json.key(read));
            found.add(read);
        }
        return found;
    }
}
