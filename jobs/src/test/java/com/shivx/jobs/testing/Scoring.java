package com.shivx.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.Tick;
import com.shivx.jobs.kafka.Topic;
import com.shivx.jobs.options.DeploymentOptions;
import com.shivx.jobs.options.KafkaOptions;
import com.shivx.jobs.wire.PredictionJson;
import com.shivx.jobs.wire.TickJson;
import com.shivx.models.Prediction;
import com.shivx.models.Role;
import com.shivx.models.baseline.BaselineMomentum;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.onnx.BatchScorer;
import com.shivx.models.onnx.ModelLoader;
import com.shivx.models.onnx.OnnxModel;
import com.shivx.models.wire.ControlJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What goes into a scoring job under a name of its own, what comes out, and what should have. */
public final class Scoring {

    private final KafkaProbe probe;
    private final Configuration options = new Configuration();

    /** A run with topics of its own, which are made here. */
    public Scoring(KafkaProbe probe, String bootstrapServers, String name) throws Exception {
        this.probe = probe;
        options.set(KafkaOptions.BOOTSTRAP_SERVERS, bootstrapServers);
        options.set(KafkaOptions.TOPIC_PREFIX, name + "-");
        options.set(DeploymentOptions.NAME, name);
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

    public void send(List<Tick> ticks) {
        TickJson json = new TickJson();
        for (Tick tick : ticks) {
            probe.send(
                    topic(Topic.TICKS),
                    tick.symbol().getBytes(StandardCharsets.UTF_8),
                    json.write(tick));
        }
        probe.flush();
    }

    /** How many ticks have come to a committed end: a vector, or set aside. */
    public long answered() {
        return probe.count(topic(Topic.FEATURES)) + probe.count(topic(Topic.SET_ASIDE));
    }

    /** How many predictions are committed. */
    public long committed() {
        return probe.count(topic(Topic.PREDICTIONS));
    }

    /** The committed predictions' values by prediction id; fails where an id comes twice. */
    public Map<String, String> predictions() throws Exception {
        Map<String, String> values = new TreeMap<>();
        PredictionJson json = new PredictionJson();
        for (ConsumerRecord<byte[], byte[]> record : probe.committed(topic(Topic.PREDICTIONS))) {
            String text = new String(record.value(), StandardCharsets.UTF_8);
            assertThat(values.put(json.read(record.value()).predictionId(), text))
                    .as("seen before")
                    .isNull();
        }
        return values;
    }

    /** The same of one model line. */
    public Map<String, String> predictions(String model) throws Exception {
        Map<String, String> predictions = predictions();
        predictions.keySet().removeIf(id -> !id.contains("~" + model + "@"));
        return predictions;
    }

    /** The committed predictions of a model line, of a symbol in their order. */
    public List<Prediction> published(String model) throws Exception {
        PredictionJson json = new PredictionJson();
        List<Prediction> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : probe.committed(topic(Topic.PREDICTIONS))) {
            Prediction prediction = json.read(record.value());
            if (prediction.modelId().equals(model)) {
                found.add(prediction);
            }
        }
        return found;
    }

    /** All committed records of a control topic, in their order. */
    public <T> List<T> read(Topic topic, ControlJson<T> json) throws Exception {
        List<T> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : probe.committed(topic(topic))) {
            found.add(json.read(record.value()));
        }
        return found;
    }

    /** Sends a record of a control topic. */
    public <T> void send(Topic topic, ControlJson<T> json, T record) {
        probe.send(topic(topic), json.key(record), json.write(record));
        probe.flush();
    }

    /**
     * What one thread without Flink or Kafka makes of a tape: prediction values by prediction id.
     */
    public static Map<String, String> offline(List<Tick> tape) throws Exception {
        PredictionJson json = new PredictionJson();
        Map<String, String> values = new TreeMap<>();
        for (Prediction prediction : predictionsOf(tape)) {
            values.put(
                    prediction.predictionId(),
                    new String(json.write(prediction), StandardCharsets.UTF_8));
        }
        assertThat(values).isNotEmpty();
        return values;
    }

    /** The same as they are, in the order of the tape. */
    public static List<Prediction> predictionsOf(List<Tick> tape) throws Exception {
        return predictionsOf(BaselineMomentum.artifact(), vectorsOf(tape));
    }

    /** What one thread has a version say of vectors, as if it were champion of generation 0. */
    public static List<Prediction> predictionsOf(ModelArtifact version, List<FeatureVector> vectors)
            throws Exception {
        List<Prediction> predictions = new ArrayList<>();
        try (OnnxModel model = ModelLoader.DEFAULT.load(version);
                BatchScorer scorer = model.newScorer(1)) {
            for (FeatureVector vector : vectors) {
                predictions.add(
                        scorer.score(vector.values())
                                .prediction(0, vector, 0, Role.CHAMPION, true));
            }
        }
        return predictions;
    }

    /** The ready vectors that one thread makes of a tape, in its order. */
    public static List<FeatureVector> vectorsOf(List<Tick> tape) {
        FeatureSet set = FeatureSets.byName("market-v1");
        SymbolFeatures kernel = new SymbolFeatures(set);
        Map<String, SymbolState> states = new HashMap<>();
        List<FeatureVector> vectors = new ArrayList<>();
        for (Tick tick : tape) {
            FeatureVector vector =
                    kernel.onTick(tick, states.computeIfAbsent(tick.symbol(), s -> set.newState()))
                            .vector();
            if (vector != null && vector.ready()) {
                vectors.add(vector);
            }
        }
        return vectors;
    }
}
