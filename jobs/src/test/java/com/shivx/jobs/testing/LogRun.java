package com.shivx.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.label.Direction;
import com.shivx.features.label.Threshold;
import com.shivx.features.tick.TickKind;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.log.LogFile;
import com.shivx.jobs.log.LogFileRows;
import com.shivx.jobs.log.LogFolder;
import com.shivx.jobs.log.LogKind;
import com.shivx.jobs.log.LogReader;
import com.shivx.jobs.log.LogRecords;
import com.shivx.jobs.log.LogRows;
import com.shivx.jobs.log.LoggedOutcomes;
import com.shivx.jobs.log.LoggedPredictions;
import com.shivx.jobs.log.LoggedVectors;
import com.shivx.jobs.options.DeploymentOptions;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.options.LogOptions;
import com.shivx.jobs.wire.FeatureVectorAvro;
import com.shivx.jobs.wire.OutcomeJson;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.models.Action;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.outcome.Outcome;
import com.shivx.models.outcome.OutcomeSource;
import com.shivx.models.outcome.OutcomeStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A log job's topics under a name of its own, made-up records for them, and the log they go to. */
public final class LogRun {

    /** The set whose vectors are made up. */
    public static final FeatureSet SET = FeatureSets.byName("market-v1");

    /** The first date of what is made up. */
    public static final LocalDate FIRST = LocalDate.parse("2014-05-01");

    private static final long FIRST_MICROS = 1_398_902_400_000_000L;
    private static final long DAY_MICROS = 86_400_000_000L;

    private final KafkaProbe probe;
    private final Path log;
    private final Configuration options = new Configuration();
    private final List<Outcome> sentOutcomes = new ArrayList<>();

    /** A run with topics of its own, which are made here, and frequent checkpoints. */
    public LogRun(KafkaProbe probe, String bootstrapServers, String name, Path log)
            throws Exception {
        this.probe = probe;
        this.log = log;
        options.set(KafkaOptions.BOOTSTRAP_SERVERS, bootstrapServers);
        options.set(KafkaOptions.TOPIC_PREFIX, name + "-");
        options.set(DeploymentOptions.NAME, name);
        options.set(LogOptions.OUTPUT, log.toUri().toString());
        options.set(LogOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(200));
        options.set(LogOptions.MERGE_CHECKPOINTS, 3);
        options.set(LogOptions.PARALLELISM, 2);
        options.setString("execution.checkpointing.min-pause", "0 ms");
        probe.createTopics(options, 4);
    }

    /** The options the job is to be run with. */
    public Configuration options() {
        return options;
    }

    /** The name of a topic of this run. */
    public String topic(Topic topic) {
        return topic.name(options);
    }

    /** The outcomes that were sent so far. */
    public List<Outcome> sentOutcomes() {
        return sentOutcomes;
    }

    /** Where the log lies. */
    public org.apache.flink.core.fs.Path log() {
        return new org.apache.flink.core.fs.Path(log.toUri());
    }

    /**
     * Vectors of three symbols over three dates, in order but for every tenth, which is a day late;
     * one value in twenty is NaN.
     */
    public static List<FeatureVector> vectors(int count, long seed) {
        Random random = new Random(seed);
        List<FeatureVector> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long micros = FIRST_MICROS + DAY_MICROS + 2 * DAY_MICROS * i / count;
            if (i % 10 == 9) {
                micros -= DAY_MICROS;
            }
            float[] values = new float[SET.size()];
            for (int v = 0; v < values.length; v++) {
                values[v] = random.nextInt(20) == 0 ? Float.NaN : (float) random.nextGaussian();
            }
            String symbol = "S" + i % 3;
            String id = "%s~Q~%d~%d-%d~%s".formatted(symbol, micros, seed, i, SET.shortHash());
            vectors.add(
                    new FeatureVector(
                            id, symbol, TickKind.QUOTE, micros, SET.hash(), i > 50, values));
        }
        return vectors;
    }

    /** One prediction of each vector, some without an answer. */
    public static List<Prediction> predictions(List<FeatureVector> vectors) {
        List<Prediction> predictions = new ArrayList<>();
        for (FeatureVector vector : vectors) {
            boolean failed = predictions.size() % 17 == 16;
            predictions.add(
                    failed
                            ? Prediction.unanswered(
                                    vector,
                                    "direction",
                                    "1.0.0",
                                    1,
                                    Role.CHAMPION,
                                    true,
                                    new String[0],
                                    PredictionStatus.TIMEOUT)
                            : answered(vector, predictions.size()));
        }
        return predictions;
    }

    private static Prediction answered(FeatureVector vector, int row) {
        float up = row % 100 / 100f;
        return new Prediction(
                vector.vectorId(),
                "direction",
                row % 2 == 0 ? "1.0.0" : "1.1.0",
                1,
                row % 2 == 0 ? Role.CHAMPION : Role.SHADOW,
                row % 2 == 0,
                vector.symbol(),
                vector.eventTimeMicros(),
                "UP",
                up,
                Action.BUY,
                new String[] {"UP", "DOWN"},
                new float[] {up, 1 - up},
                PredictionStatus.OK);
    }

    /** What became of predictions; some of nobody knows, some are revised. */
    public static List<Outcome> outcomes(List<Prediction> predictions) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < predictions.size(); i++) {
            boolean isKnown = i % 11 != 10;
            outcomes.add(outcome(predictions.get(i), isKnown, 0));
            if (i % 13 == 12) {
                outcomes.add(outcome(predictions.get(i), true, 1));
            }
        }
        return outcomes;
    }

    private static Outcome outcome(Prediction prediction, boolean isKnown, int revision) {
        return new Outcome(
                prediction,
                60_000_000,
                isKnown ? OutcomeStatus.OK : OutcomeStatus.MISSING,
                revision,
                revision == 0 ? OutcomeSource.TICKS : OutcomeSource.LABEL,
                isKnown ? Direction.UP : null,
                isKnown ? 0.1 + 0.2 : Double.NaN,
                1e-4,
                Threshold.COST,
                0.75,
                100,
                isKnown ? 101.5 : Double.NaN,
                Double.NaN,
                isKnown ? 148.25 : Double.NaN,
                isKnown ? -151.75 : Double.NaN,
                revision == 0,
                prediction.eventTimeMicros() + 60_000_123);
    }

    /** The record of a vector. */
    public ProducerRecord<byte[], byte[]> record(FeatureVector vector) {
        return avroRecord(
                FeatureVectorAvro.FINGERPRINT,
                vector.symbol(),
                new FeatureVectorAvro().write(vector));
    }

    /** A record of the topic {@code features} with a header of its own. */
    public ProducerRecord<byte[], byte[]> avroRecord(
            String fingerprint, String symbol, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic(Topic.FEATURES), symbol.getBytes(StandardCharsets.UTF_8), value);
        record.headers()
                .add(
                        FeatureVectorAvro.FINGERPRINT_HEADER,
                        fingerprint.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    /** Sends vectors, what was predicted of them, and what became of that. */
    public void send(List<FeatureVector> vectors, List<Prediction> predictions) {
        OutcomeJson outcomeJson = new OutcomeJson();
        List<Outcome> outcomes = outcomes(predictions);
        sentOutcomes.addAll(outcomes);
        for (Outcome outcome : outcomes) {
            probe.send(
                    topic(Topic.OUTCOMES),
                    outcome.prediction().symbol().getBytes(StandardCharsets.UTF_8),
                    outcomeJson.write(outcome));
        }
        vectors.forEach(vector -> probe.send(record(vector)));
        PredictionJson json = new PredictionJson();
        for (Prediction prediction : predictions) {
            probe.send(
                    topic(Topic.PREDICTIONS),
                    prediction.symbol().getBytes(StandardCharsets.UTF_8),
                    json.write(prediction));
        }
        probe.flush();
    }

    /** Each record by its time and symbol, and to the bit. */
    public static <T> List<String> texts(LogRecords<T> records, List<T> all) {
        return all.stream()
                .map(
                        record ->
                                "%d %s %s"
                                        .formatted(
                                                records.eventTimeMicros(record),
                                                records.symbol(record),
                                                HexFormat.of()
                                                        .formatHex(records.codec().write(record))))
                .toList();
    }

    /** How many files there are of all kinds, those that readers pass over as well. */
    public int files() throws IOException {
        int files = 0;
        if (Files.isDirectory(log)) {
            for (LogKind kind : LogKind.values()) {
                LogFolder found = LogFolder.list(log(), kind);
                files += found.finished().size() + found.unfinished().size();
            }
        }
        return files;
    }

    /** How many files there are of all kinds that are not what merging makes. */
    public int unmerged() throws IOException {
        int unmerged = 0;
        for (LogKind kind : LogKind.values()) {
            LogFolder found = LogFolder.list(log(), kind);
            unmerged += found.unfinished().size();
            for (LogFile file : found.finished()) {
                unmerged += file.path().getName().startsWith("compacted-") ? 0 : 1;
            }
        }
        return unmerged;
    }

    /** How many rows readers find of a kind; 0 where there is no log yet. */
    public long rows(LogKind kind) throws IOException {
        if (!Files.isDirectory(log)) {
            return 0;
        }
        long rows = 0;
        for (LogFile file : LogFolder.list(log(), kind).finished()) {
            try (LogFileRows<?> all = LogFileRows.open(file.path(), kind.records().codec())) {
                rows += all.countRest();
            }
        }
        return rows;
    }

    /** That readers find exactly these, none twice, each at its date and in the one order. */
    public void assertHolds(
            List<FeatureVector> vectors, List<Prediction> predictions, List<Outcome> outcomes)
            throws Exception {
        assertHolds(
                LogReader.features(log(), SET).read(FIRST, FIRST.plusDays(3)),
                new LoggedVectors(),
                sorted(
                        vectors,
                        Comparator.comparingLong(FeatureVector::eventTimeMicros)
                                .thenComparing(FeatureVector::symbol)
                                .thenComparing(FeatureVector::vectorId)));
        assertHolds(
                LogReader.predictions(log()).read(FIRST, FIRST.plusDays(3)),
                new LoggedPredictions(),
                sorted(
                        predictions,
                        Comparator.comparingLong(Prediction::eventTimeMicros)
                                .thenComparing(Prediction::symbol)
                                .thenComparing(Prediction::predictionId)));
        assertHolds(
                LogReader.outcomes(log()).read(FIRST, FIRST.plusDays(3)),
                new LoggedOutcomes(),
                sorted(
                        outcomes,
                        Comparator.comparingLong(
                                        (Outcome outcome) -> outcome.prediction().eventTimeMicros())
                                .thenComparing(outcome -> outcome.prediction().symbol())
                                .thenComparing(outcome -> outcome.prediction().predictionId())
                                .thenComparing(Outcome::revision)));
    }

    private static <T> void assertHolds(LogRows<T> rows, LogRecords<T> records, List<T> expected)
            throws Exception {
        assertThat(texts(records, all(rows))).isEqualTo(texts(records, expected));
        assertThat(rows.repeats()).isZero();
    }

    private static <T> List<T> all(LogRows<T> rows) throws Exception {
        List<T> all = new ArrayList<>();
        for (T row = rows.next(); row != null; row = rows.next()) {
            all.add(row);
        }
        return all;
    }

    private static <T> List<T> sorted(List<T> records, Comparator<T> order) {
        return records.stream().sorted(order).toList();
    }
}
