package com.shivx.bench.pipeline;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.bench.rig.RawTopics;
import com.shivx.features.FeatureSets;
import com.shivx.features.FeatureVector;
import com.shivx.features.SymbolFeatures;
import com.shivx.features.SymbolState;
import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import com.shivx.jobs.kafka.KafkaEnds;
import com.shivx.jobs.kafka.Topic;
import com.shivx.models.Prediction;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.contract.ModelArtifact;
import com.shivx.models.contract.ModelContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The same predictions as somebody who knows Flink, Jackson and ONNX Runtime would get them in an
 * afternoon: a tree of JSON for each tick, the symbol's state read and written for each tick, a
 * call of the model for each row with Java arrays, a tree of JSON for each prediction. Features are
 * the product's own. The session has one thread, as a small model wants it.
 */
final class NaiveJob {

    private NaiveJob() {}

    static void build(StreamExecutionEnvironment env, ModelArtifact model, Configuration options) {
        env.fromSource(
                        RawTopics.source(options, Set.of(Topic.TICKS), new Reading()),
                        WatermarkStrategy.noWatermarks(),
                        "Ticks",
                        TypeInformation.of(Tick.class))
                .uid("ticks-source")
                .keyBy(Tick::symbol)
                .process(new Features(model.contract().featureSet()))
                .name("Features")
                .uid("features")
                .map(new Scoring(model))
                .name("Scoring")
                .uid("scoring")
                .sinkTo(
                        new KafkaEnds(options, "naive")
                                .sink("predictions-sink", new Writing(options)))
                .name("Predictions")
                .uid("predictions-sink");
    }

    private static final class Reading implements KafkaRecordDeserializationSchema<Tick> {

        private static final long serialVersionUID = 1;

        private transient ObjectMapper mapper;

        @SuppressWarnings("NullAway.Init") // open() comes before any other call
        private Reading() {}

        @Override
        public void open(DeserializationSchema.InitializationContext context) {
            mapper = new ObjectMapper();
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Tick> out)
                throws IOException {
            JsonNode json = mapper.readTree(record.value());
            JsonNode aggressor = json.get("aggressor");
            out.collect(
                    new Tick(
                            json.get("symbol").asText(),
                            TickKind.valueOf(json.get("kind").asText()),
                            json.get("event_time_micros").asLong(),
                            json.get("received_micros").asLong(),
                            json.path("sequence").asLong(Tick.NO_SEQUENCE),
                            Tick.NO_ROW,
                            json.path("price").asDouble(Double.NaN),
                            json.path("size").asDouble(Double.NaN),
                            aggressor == null ? null : Aggressor.valueOf(aggressor.asText()),
                            json.path("bid_price").asDouble(Double.NaN),
                            json.path("bid_size").asDouble(Double.NaN),
                            json.path("ask_price").asDouble(Double.NaN),
                            json.path("ask_size").asDouble(Double.NaN)));
        }

        @Override
        public TypeInformation<Tick> getProducedType() {
            return TypeInformation.of(Tick.class);
        }
    }

    private static final class Features extends KeyedProcessFunction<String, Tick, FeatureVector> {

        private static final long serialVersionUID = 1;

        private final String featureSet;

        private transient SymbolFeatures kernel;
        private transient ValueState<SymbolState> symbols;

        @SuppressWarnings("NullAway.Init") // open() comes before any other call
        private Features(@Nullable String featureSet) {
            this.featureSet = String.valueOf(featureSet);
        }

        @Override
        public void open(OpenContext context) {
            kernel = new SymbolFeatures(FeatureSets.byName(featureSet));
            symbols =
                    getRuntimeContext()
                            .getState(new ValueStateDescriptor<>("symbol", SymbolState.class));
        }

        @Override
        public void processElement(Tick tick, Context context, Collector<FeatureVector> out)
                throws Exception {
            SymbolState state = symbols.value();
            if (state == null) {
                state = new SymbolState();
            }
            FeatureVector vector = kernel.onTick(tick, state).vector();
            symbols.update(state);
            if (vector != null && vector.ready()) {
                out.collect(vector);
            }
        }
    }

    private static final class Scoring extends RichMapFunction<FeatureVector, Prediction> {

        private static final long serialVersionUID = 1;
        private static final long GENERATION = 0;

        private final byte[] model;
        private final ModelContract contract;

        private transient OrtEnvironment environment;
        private transient OrtSession session;
        private transient String input;

        @SuppressWarnings("NullAway.Init") // open() comes before any other call
        private Scoring(ModelArtifact artifact) {
            model = artifact.bytes();
            contract = artifact.contract();
        }

        @Override
        public void open(OpenContext context) throws OrtException {
            environment = OrtEnvironment.getEnvironment();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1);
                session = environment.createSession(model, options);
            }
            input = session.getInputNames().iterator().next();
        }

        @Override
        public Prediction map(FeatureVector vector) throws OrtException {
            float[] probabilities;
            try (OnnxTensor row =
                            OnnxTensor.createTensor(environment, new float[][] {vector.values()});
                    OrtSession.Result result = session.run(Map.of(input, row))) {
                probabilities = ((float[][]) result.get(0).getValue())[0];
            }
            int best = 0;
            for (int i = 1; i < probabilities.length; i++) {
                if (probabilities[i] > probabilities[best]) {
                    best = i;
                }
            }
            return new Prediction(
                    vector.vectorId(),
                    contract.model(),
                    contract.version(),
                    GENERATION,
                    Role.CHAMPION,
                    true,
                    vector.symbol(),
                    vector.eventTimeMicros(),
                    contract.classes().get(best),
                    probabilities[best],
                    contract.actions().get(best),
                    contract.classes().toArray(String[]::new),
                    probabilities,
                    PredictionStatus.OK);
        }

        @Override
        public void close() throws OrtException {
            if (session != null) {
                session.close();
            }
        }
    }

    private static final class Writing implements KafkaRecordSerializationSchema<Prediction> {

        private static final long serialVersionUID = 1;

        private final String topic;

        private transient ObjectMapper mapper;

        @SuppressWarnings("NullAway.Init") // open() comes before any other call
        private Writing(ReadableConfig options) {
            topic = Topic.PREDICTIONS.name(options);
        }

        @Override
        public void open(
                SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
            mapper = new ObjectMapper();
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                Prediction prediction, KafkaSinkContext context, @Nullable Long timestamp) {
            ObjectNode json = mapper.createObjectNode();
            json.put("prediction_id", prediction.predictionId());
            json.put("vector_id", prediction.vectorId());
            json.put("model_id", prediction.modelId());
            json.put("model_version", prediction.modelVersion());
            json.put("generation", prediction.generation());
            json.put("role", prediction.role().name());
            json.put("served", prediction.served());
            json.put("symbol", prediction.symbol());
            json.put("event_time_micros", prediction.eventTimeMicros());
            json.put("prediction", prediction.prediction());
            json.put("confidence", prediction.confidence());
            json.put("action", String.valueOf(prediction.action()));
            ObjectNode probabilities = json.putObject("probabilities");
            for (int i = 0; i < prediction.classes().length; i++) {
                probabilities.put(prediction.classes()[i], prediction.probabilities()[i]);
            }
            json.put("status", prediction.status().name());
            try {
                return new ProducerRecord<>(
                        topic,
                        prediction.symbol().getBytes(StandardCharsets.UTF_8),
                        mapper.writeValueAsBytes(json));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree of texts and numbers prints", e);
            }
        }
    }
}
