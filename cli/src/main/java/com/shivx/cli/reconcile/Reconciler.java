package com.shivx.cli.reconcile;

import static java.util.Objects.requireNonNull;

import com.shivx.features.Feature;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.jobs.kafka.ControlTopic;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.FeatureOptions;
import com.shivx.jobs.wire.DeadLetterJson;
import com.shivx.jobs.wire.FeatureVectorAvro;
import com.shivx.jobs.wire.FeatureVectorJson;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Prediction;
import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what is committed in the topics of a run, counts it, and writes it to files where
 * asked; memory does not grow with it.
 */
public final class Reconciler {

    private static final byte NEW_LINE = '\n';

    private final Map<String, Object> clientProperties;
    private final Configuration options;
    private final @Nullable ResultFiles files;
    private final LongConsumer progress;
    private final Set<String> controlTopics;

    private final PredictionJson predictionJson = new PredictionJson();
    private final FeatureVectorAvro vectorAvro = new FeatureVectorAvro();
    private final FeatureVectorJson vectorJson;
    private final Map<String, Long> served = new TreeMap<>();
    private final Map<String, Long> servedOfPart = new TreeMap<>();
    private final Map<String, Long> setAside = new TreeMap<>();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private long predictions;
    private long notReady;
    private long records;

    /**
     * A reader of the topics that the options name; good for one run.
     *
     * @param files where the records go, too; null for nowhere
     * @param progress told how many records have been read, now and then
     */
    public Reconciler(
            Map<String, Object> clientProperties,
            Configuration options,
            @Nullable ResultFiles files,
            LongConsumer progress) {
        this.clientProperties = clientProperties;
        this.options = options;
        this.files = files;
        this.progress = progress;
        controlTopics = Topic.controlNames(options);
        vectorJson =
                new FeatureVectorJson(
                        FeatureSets.byName(options.get(FeatureOptions.SET)).features().stream()
                                .map(Feature::name)
                                .toList());
    }

    /**
     * Counts it all.
     *
     * @param rows rows that were read from the input
     * @param notReadyIfUnwritten vectors that were not ready, for a run that writes none
     * @param seconds how long it took to score them
     * @param directory for files that are needed meanwhile
     */
    public Reconciliation reconcile(
            long rows, NotReady notReadyIfUnwritten, double seconds, Path directory)
            throws IOException, TimeoutException {
        try (UniqueIds ids = new UniqueIds(directory)) {
            read(
                    Topic.PREDICTIONS,
                    ResultFiles.Kind.PREDICTIONS,
                    record -> onPrediction(record, ids));
            read(Topic.FEATURES, ResultFiles.Kind.FEATURES, this::onVector);
            read(Topic.SET_ASIDE, ResultFiles.Kind.SET_ASIDE, this::onSetAside);
            read(Topic.DEAD_LETTERS, ResultFiles.Kind.DEAD_LETTERS, this::onDeadLetter);
            setLinesOfPartApart();
            return new Reconciliation(
                    rows,
                    served,
                    servedOfPart,
                    options.get(FeatureOptions.OUTPUT)
                            ? new NotReady(notReady, NotReady.Source.KAFKA)
                            : notReadyIfUnwritten,
                    setAside,
                    deadLetters,
                    predictions,
                    ids.count(),
                    seconds);
        }
    }

    /** What is deployed while the job runs, or for some symbols, has no prediction of every row. */
    private void setLinesOfPartApart() {
        Set<String> whole = new TreeSet<>();
        for (DeploymentEvent event :
                ControlTopic.read(options, Topic.DEPLOYMENT_EVENTS, new DeploymentEventJson())) {
            if (event.generation() == 0) {
                whole.add(event.model());
            }
        }
        for (Deployment deployment :
                ControlTopic.read(options, Topic.DEPLOYMENTS, new DeploymentJson())) {
            if (!deployment.symbols().equals(Deployment.ALL_SYMBOLS)) {
                whole.remove(deployment.model());
            }
        }
        for (String line : Set.copyOf(served.keySet())) {
            if (!whole.contains(line)) {
                servedOfPart.put(line, requireNonNull(served.remove(line)));
            }
        }
    }

    /** Takes a record and gives the line that stands for it in its file. */
    @FunctionalInterface
    private interface Reader {
        byte[] take(ConsumerRecord<byte[], byte[]> record) throws IOException;
    }

    private void read(Topic topic, ResultFiles.Kind kind, Reader reader)
            throws IOException, TimeoutException {
        try (OutputStream out =
                files == null ? OutputStream.nullOutputStream() : files.open(kind)) {
            new CommittedTopic(clientProperties, topic.name(options))
                    .read(
                            record -> {
                                out.write(reader.take(record));
                                out.write(NEW_LINE);
                                progress.accept(++records);
                            });
        }
    }

    private byte[] onPrediction(ConsumerRecord<byte[], byte[]> record, UniqueIds ids)
            throws IOException {
        Prediction prediction = predictionJson.read(record.value());
        predictions++;
        ids.add(prediction.predictionId());
        if (prediction.served()) {
            served.merge(prediction.modelId(), 1L, Long::sum);
        }
        return record.value();
    }

    private byte[] onVector(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (options.get(FeatureOptions.FORMAT) == FeatureOptions.Format.JSON) {
            notReady += JsonField.read(record.value(), "ready").equals("false") ? 1 : 0;
            return record.value();
        }
        FeatureVector vector =
                vectorAvro.read(
                        header(record, FeatureVectorAvro.FINGERPRINT_HEADER), record.value());
        notReady += vector.ready() ? 0 : 1;
        return files == null ? record.value() : vectorJson.write(vector);
    }

    private byte[] onSetAside(ConsumerRecord<byte[], byte[]> record) throws IOException {
        setAside.merge(JsonField.read(record.value(), "reason"), 1L, Long::sum);
        return record.value();
    }

    private byte[] onDeadLetter(ConsumerRecord<byte[], byte[]> record) {
        if (!controlTopics.contains(String.valueOf(header(record, "shivx.error.topic")))) {
            deadLetters.merge(String.valueOf(header(record, "shivx.error.reason")), 1L, Long::sum);
        }
        return files == null ? record.value() : deadLetterLine(record);
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] deadLetterLine(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return DeadLetterJson.write(headers, record.key(), record.value());
    }
}
