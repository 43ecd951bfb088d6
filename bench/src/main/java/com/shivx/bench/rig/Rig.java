package com.shivx.bench.rig;

import com.shivx.bench.BenchException;
import com.shivx.bench.Progress;
import com.shivx.jobs.JobEnvironment;
import com.shivx.jobs.options.JobOptions;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.local.EmbeddedFlink;
import com.shivx.local.EmbeddedKafka;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker and a cluster in this process, both with the settings of the product: {@code
 * flink-conf/config.yaml} and a broker nobody has tuned. What a benchmark must have otherwise is in
 * {@link #MEASURED}, and the same for every job that is compared.
 */
public final class Rig implements AutoCloseable {

    /** Settings of the cluster that a measurement needs. */
    private static final Map<String, String> MEASURED =
            Map.of(
                    // What fails and starts again is not to be measured.
                    "restart-strategy.type", "disable",
                    // Nobody goes on from here, and a million symbols fill a disk.
                    "execution.checkpointing.externalized-checkpoint-retention",
                            "DELETE_ON_CANCELLATION",
                    // When a checkpoint began is asked right after it is complete.
                    "web.refresh-interval", "100 ms");

    /** Disk that a deleted topic took is free again before the next one is as large. */
    private static final Map<String, String> TOPIC_SETTINGS =
            Map.of("retention.ms", "-1", "file.delete.delay.ms", "1000");

    /** As the feed of {@code shivx demo} and {@code shivx replay} writes ticks. */
    private static final Map<String, Object> FEED =
            Map.of(
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    "true",
                    ProducerConfig.COMPRESSION_TYPE_CONFIG,
                    "lz4",
                    ProducerConfig.BUFFER_MEMORY_CONFIG,
                    32 << 20,
                    ProducerConfig.BATCH_SIZE_CONFIG,
                    128 << 10,
                    ProducerConfig.LINGER_MS_CONFIG,
                    5);

    private static final int ANSWER_SECONDS = 60;

    private final EmbeddedKafka kafka;
    private final EmbeddedFlink flink;
    private final Admin admin;
    private final Configuration options;

    private Rig(EmbeddedKafka kafka, EmbeddedFlink flink, Configuration given) {
        this.kafka = kafka;
        this.flink = flink;
        options = new Configuration(given);
        options.set(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafka.bootstrapServers()));
    }

    /**
     * Starts both.
     *
     * @param flinkConf folder of {@code config.yaml}
     * @param settings Flink's that this benchmark needs otherwise
     * @param options of the user, ours and Flink's; they go before everything else
     */
    public static Rig start(
            Path flinkConf,
            Map<String, String> settings,
            Configuration options,
            Progress progress) {
        Configuration cluster = EmbeddedFlink.configuration(flinkConf);
        MEASURED.forEach(cluster::setString);
        settings.forEach(cluster::setString);
        options.toMap()
                .forEach(
                        (key, value) -> {
                            if (!JobOptions.isOurs(key)) {
                                cluster.setString(key, value);
                            }
                        });
        EmbeddedKafka kafka = EmbeddedKafka.start();
        try {
            EmbeddedFlink flink = EmbeddedFlink.start(cluster, 1, null);
            progress.line(
                    "Kafka at %s, Flink's Web UI at %s"
                            .formatted(kafka.bootstrapServers(), flink.webUi()));
            return new Rig(kafka, flink, options);
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    /** The user's options with this broker; the caller's to change. */
    public Configuration options() {
        return new Configuration(options);
    }

    /** Where the broker's clients connect. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** A client for topics and groups, closed with this. */
    public Admin admin() {
        return admin;
    }

    /** The REST API of the cluster. */
    URI webUi() {
        return flink.webUi();
    }

    /** An environment of this cluster, prepared as every job of ours is. */
    public StreamExecutionEnvironment environment(Configuration jobOptions) {
        return JobEnvironment.prepare(flink.environment(jobOptions), jobOptions);
    }

    /** Starts what the environment holds. */
    public RunningJob start(StreamExecutionEnvironment env, String name) throws Exception {
        return new RunningJob(this, env.executeAsync(name), name);
    }

    /**
     * A producer with the settings of the product's feed, except for those given; the caller closes
     * it.
     */
    public KafkaProducer<byte[], byte[]> producer(Map<String, Object> otherwise) {
        Map<String, Object> properties = new HashMap<>(FEED);
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.putAll(otherwise);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Makes topics of as many partitions as {@code topics create} would give them, and returns when
     * each can be written to: a producer that meets partitions without a leader may lose its place.
     */
    public void createTopics(Collection<String> names) throws InterruptedException {
        int partitions = options.get(KafkaOptions.PARTITIONS);
        await(
                admin.createTopics(
                                names.stream()
                                        .map(
                                                name ->
                                                        new NewTopic(name, partitions, (short) 1)
                                                                .configs(TOPIC_SETTINGS))
                                        .toList())
                        .all());
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (String name : names) {
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        while (true) {
            try {
                await(admin.listOffsets(ends).all());
                return;
            } catch (BenchException e) {
                // A broker that has not heard of its new topics yet says that there are none.
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** Deletes topics, those that are there. */
    public void deleteTopics(Collection<String> names) throws InterruptedException {
        for (KafkaFuture<Void> deleted : admin.deleteTopics(names).topicNameValues().values()) {
            try {
                await(deleted);
            } catch (BenchException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
    }

    static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new BenchException("the broker refuses: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new BenchException(
                    "the broker does not answer for %d s; see the log".formatted(ANSWER_SECONDS),
                    e);
        }
    }

    /** Ends both, and deletes what they kept. */
    @Override
    public void close() {
        try (kafka;
                flink) {
            admin.close();
        }
    }
}
