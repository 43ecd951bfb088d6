package com.shivx.cli.demo;

import static java.util.Objects.requireNonNull;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.deploy.ModelStatus;
import com.shivx.cli.reconcile.JsonField;
import com.shivx.cli.story.Story;
import com.shivx.jobs.kafka.PredictionRecords;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.AlarmJson;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.LifecycleEventJson;
import com.shivx.models.wire.TrainingResultJson;
import com.shivx.models.wire.UnreadableRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Follows what a read-committed consumer sees, for the screen: counts, latencies, the latest served
 * prediction of each symbol. Predictions are only counted and kept as bytes; those on the screen
 * are read when they are shown.
 */
final class LiveTopics implements AutoCloseable {

    /** More symbols than any screen shows. */
    private static final int MOST_SYMBOLS = 500;

    /** As {@link PredictionJson} writes it; within a string its quotes would be escaped. */
    private static final byte[] SERVED = "\"served\":true".getBytes(StandardCharsets.US_ASCII);

    private static final Duration POLL = Duration.ofMillis(200);

    private final String predictionsTopic;
    private final String featuresTopic;
    private final String setAsideTopic;
    private final String deploymentsTopic;
    private final String eventsTopic;
    private final String deadLettersTopic;
    private final Set<String> controlTopics;
    private final boolean vectorsAreWritten;
    private final @Nullable Story story;
    private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> told = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;

    private final LatencyHistogram latencies = new LatencyHistogram();
    private final Map<String, byte[]> latest = new TreeMap<>();
    private final Map<String, Long> served = new TreeMap<>();
    private final Map<String, Long> setAside = new TreeMap<>();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private final Map<String, Deployment> deployments = new TreeMap<>();
    private final List<DeploymentEvent> events = new ArrayList<>();
    private long predictions;
    private long vectors;

    /**
     * Follows from the first record on.
     *
     * @param story told of what happens; null for nobody
     */
    LiveTopics(Map<String, Object> clientProperties, Configuration options, @Nullable Story story) {
        this.story = story;
        predictionsTopic = Topic.PREDICTIONS.name(options);
        featuresTopic = Topic.FEATURES.name(options);
        setAsideTopic = Topic.SET_ASIDE.name(options);
        deploymentsTopic = Topic.DEPLOYMENTS.name(options);
        eventsTopic = Topic.DEPLOYMENT_EVENTS.name(options);
        deadLettersTopic = Topic.DEAD_LETTERS.name(options);
        controlTopics = Topic.controlNames(options);
        vectorsAreWritten = options.get(FeatureOptions.OUTPUT);
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        if (story != null) {
            tell(Topic.LIFECYCLE_EVENTS, options, new LifecycleEventJson(), story::on);
            tell(Topic.TRAINING_RESULTS, options, new TrainingResultJson(), story::on);
            tell(Topic.ALARMS, options, new AlarmJson(), story::on);
            tell(Topic.ACCURACY, options, new AccuracyRowJson(), story::on);
        }
        List<TopicPartition> partitions = new ArrayList<>();
        List<String> topics =
                new ArrayList<>(
                        List.of(
                                predictionsTopic,
                                featuresTopic,
                                setAsideTopic,
                                deadLettersTopic,
                                deploymentsTopic,
                                eventsTopic));
        topics.addAll(told.keySet());
        for (String topic : topics) {
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        thread = new Thread(this::follow, "live-topics");
        thread.setDaemon(true);
        thread.start();
    }

    private <T> void tell(
            Topic topic, Configuration options, ControlJson<T> json, Consumer<T> into) {
        told.put(topic.name(options), record -> read(json, record, into));
    }

    synchronized long predictions() {
        if (failure != null) {
            throw new CommandException(
                    "cannot follow the topics: " + failure.getMessage(), failure);
        }
        return predictions;
    }

    /**
     * Vectors committed, ready or not: every good tick has one, and its prediction comes with it.
     */
    synchronized long vectors() {
        return vectors;
    }

    /**
     * Vectors of which the served prediction is committed; of several model lines by the one that
     * has most, for the others were deployed later or for some symbols. Counted where vectors are
     * not written.
     */
    synchronized long servedVectors() {
        return served.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Ticks set aside and dead letters committed. */
    synchronized long unused() {
        return total(setAside) + total(deadLetters);
    }

    synchronized double latencyMillis(double quantile) {
        return latencies.quantile(quantile);
    }

    synchronized Map<String, Long> setAside() {
        return new TreeMap<>(setAside);
    }

    synchronized Map<String, Long> deadLetters() {
        return new TreeMap<>(deadLetters);
    }

    /** What serves of each model line; empty until a subtask says that it serves. */
    synchronized List<ModelStatus> serving() {
        return ModelStatus.of(deployments, events);
    }

    /** In the symbols' order. */
    synchronized List<LatestPrediction> latest() {
        List<LatestPrediction> shown = new ArrayList<>();
        for (byte[] value : latest.values()) {
            shown.add(shown(value));
        }
        return shown;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        consumer.wakeup();
        thread.join();
    }

    private void follow() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record);
                }
            }
        } catch (WakeupException e) {
            // Closed.
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(predictionsTopic)) {
            predictions++;
            boolean isServed = isServed(record.value());
            if (isServed && !vectorsAreWritten) {
                served.merge(field(record.value(), "model_id"), 1L, Long::sum);
            }
            String tickWritten = header(record, PredictionRecords.TICK_WRITTEN_HEADER);
            if (tickWritten != null) {
                latencies.add(record.timestamp() - Long.parseLong(tickWritten));
            }
            String symbol = new String(record.key(), StandardCharsets.UTF_8);
            if (isServed && (latest.size() < MOST_SYMBOLS || latest.containsKey(symbol))) {
                latest.put(symbol, record.value());
            }
        } else if (record.topic().equals(featuresTopic)) {
            vectors++;
        } else if (record.topic().equals(setAsideTopic)) {
            setAside.merge(field(record.value(), "reason"), 1L, Long::sum);
        } else if (record.topic().equals(deploymentsTopic)) {
            read(
                    new DeploymentJson(),
                    record,
                    deployment -> deployments.put(deployment.model(), deployment));
            tellServing();
        } else if (record.topic().equals(eventsTopic)) {
            read(new DeploymentEventJson(), record, events::add);
            tellServing();
        } else if (told.containsKey(record.topic())) {
            requireNonNull(told.get(record.topic())).accept(record);
        } else if (!controlTopics.contains(String.valueOf(header(record, "shivx.error.topic")))) {
            deadLetters.merge(String.valueOf(header(record, "shivx.error.reason")), 1L, Long::sum);
        }
    }

    private void tellServing() {
        if (story != null) {
            serving().forEach(story::on);
        }
    }

    /** A record of somebody else's says nothing here; the jobs set it apart. */
    private static <T> void read(
            ControlJson<T> json, ConsumerRecord<byte[], byte[]> record, Consumer<T> into) {
        try {
            into.accept(json.read(record.value()));
        } catch (UnreadableRecordException e) {
            // As said above.
        }
    }

    private static long total(Map<String, Long> byReason) {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Null where it is missing: a record of somebody else's. */
    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** By its bytes, which costs less than reading it. */
    private static boolean isServed(byte[] prediction) {
        for (int from = 0; from <= prediction.length - SERVED.length; from++) {
            if (prediction[from] == SERVED[0]
                    && Arrays.equals(
                            prediction, from, from + SERVED.length, SERVED, 0, SERVED.length)) {
                return true;
            }
        }
        return false;
    }

    private static String field(byte[] value, String name) {
        try {
            return JsonField.read(value, name);
        } catch (IOException e) {
            throw new UncheckedIOException("a record of ours does not read", e);
        }
    }

    private static LatestPrediction shown(byte[] value) {
        try {
            Prediction prediction = new PredictionJson().read(value);
            String answer = prediction.prediction();
            Action action = prediction.action();
            return new LatestPrediction(
                    prediction.symbol(),
                    prediction.eventTimeMicros(),
                    answer == null ? prediction.status().name() : answer,
                    prediction.confidence(),
                    action == null ? null : action.name());
        } catch (IOException e) {
            throw new UncheckedIOException("a prediction of ours does not read", e);
        }
    }
}
