package com.shivx.jobs.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.drift.live.Verdict;
import com.shivx.features.FeatureVector;
import com.shivx.features.label.Direction;
import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import com.shivx.features.tick.TickQuality;
import com.shivx.models.Action;
import com.shivx.models.Alarm;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import com.shivx.models.deployment.DeploymentEvent;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.RoutingUnit;
import com.shivx.models.lifecycle.LifecycleCommand;
import com.shivx.models.lifecycle.RetrainRequest;
import com.shivx.models.lifecycle.TrainingResult;
import com.shivx.models.outcome.OutcomeSource;
import com.shivx.models.outcome.OutcomeStatus;
import com.shivx.models.wire.AccuracyRowJson;
import com.shivx.models.wire.AlarmJson;
import com.shivx.models.wire.ControlJson;
import com.shivx.models.wire.DeadLetterReason;
import com.shivx.models.wire.DeploymentEventJson;
import com.shivx.models.wire.DeploymentJson;
import com.shivx.models.wire.DeploymentRequestJson;
import com.shivx.models.wire.DriftReportJson;
import com.shivx.models.wire.LabelJson;
import com.shivx.models.wire.LifecycleCommandJson;
import com.shivx.models.wire.LifecycleEventJson;
import com.shivx.models.wire.RetrainRequestJson;
import com.shivx.models.wire.TrainingResultJson;
import com.shivx.models.wire.UnreadableRecordException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas and examples in the jar say what the codecs do. */
class SchemasTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "tick, tick-trade",
        "tick, tick-quote",
        "set-aside, set-aside",
        "prediction, prediction",
        "feature-vector, feature-vector",
        "deployment-request, deployment-request",
        "deployment, deployment",
        "deployment-event, deployment-event",
        "lifecycle-event, lifecycle-event",
        "lifecycle-command, lifecycle-command",
        "retrain-request, retrain-request",
        "training-result, training-result",
        "alarm, alarm",
        "label, label",
        "outcome, outcome",
        "accuracy, accuracy",
        "drift-report, drift-report"
    })
    void examplesFollowTheirSchema(String schemaName, String exampleName) throws IOException {
        assertFollows(load(schemaName + ".schema.json"), load(exampleName + ".example.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tick-trade", "tick-quote"})
    void theCodecWritesTheExampleOfATick(String name) throws Exception {
        JsonNode example = load(name + ".example.json");
        TickJson json = new TickJson();

        Tick tick = json.read(MAPPER.writeValueAsBytes(example), 0, 0);

        assertThat(MAPPER.readTree(json.write(tick))).isEqualTo(example);
        assertThat(MAPPER.readTree(json.write(tick)).fieldNames())
                .toIterable()
                .containsExactlyElementsOf(names(example));
    }

    @Test
    void theCodecWritesTheExampleOfASetAsideTick() throws Exception {
        JsonNode example = load("set-aside.example.json");
        Tick tick = new TickJson().read(MAPPER.writeValueAsBytes(example), 0, 0);

        assertThat(MAPPER.readTree(new SetAsideJson().write(tick, TickQuality.CROSSED)).toString())
                .isEqualTo(example.toString());
    }

    @Test
    void theCodecWritesTheExampleOfAPrediction() throws Exception {
        JsonNode example = load("prediction.example.json");
        PredictionJson json = new PredictionJson();

        assertThat(
                        MAPPER.readTree(json.write(json.read(MAPPER.writeValueAsBytes(example))))
                                .toString())
                .isEqualTo(example.toString());
    }

    @Test
    void theCodecWritesTheExampleOfAnOutcome() throws Exception {
        JsonNode example = load("outcome.example.json");
        OutcomeJson json = new OutcomeJson();

        assertThat(
                        MAPPER.readTree(
                                        json.write(
                                                json.readRecord(MAPPER.writeValueAsBytes(example))))
                                .toString())
                .isEqualTo(example.toString());
    }

    @Test
    void theCodecWritesTheExampleOfAFeatureVector() throws Exception {
        JsonNode example = load("feature-vector.example.json");
        List<String> names = names(example.get("features"));
        float[] values = new float[names.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = example.get("features").get(names.get(i));
            values[i] = value.isNull() ? Float.NaN : value.floatValue();
        }
        FeatureVector vector =
                new FeatureVector(
                        example.get("vector_id").asText(),
                        example.get("symbol").asText(),
                        TickKind.valueOf(example.get("kind").asText()),
                        example.get("event_time_micros").asLong(),
                        example.get("feature_set_hash").asText(),
                        example.get("ready").asBoolean(),
                        values);

        assertThat(MAPPER.readTree(new FeatureVectorJson(names).write(vector)).toString())
                .isEqualTo(example.toString());
    }

    @Test
    void schemasNameTheFieldsOfTheCodecs() throws IOException {
        List<String> tick = Stream.of(TickField.values()).map(TickField::wireName).toList();
        List<String> setAside = new ArrayList<>(tick);
        setAside.add("reason");

        assertThat(properties("tick")).isEqualTo(tick);
        assertThat(properties("set-aside")).isEqualTo(setAside);
        assertThat(properties("prediction")).isEqualTo(names(load("prediction.example.json")));
        assertThat(properties("feature-vector"))
                .isEqualTo(names(load("feature-vector.example.json")));
        assertThat(
                        FeatureVectorAvro.SCHEMA.getFields().stream()
                                .map(field -> field.name())
                                .toList())
                .isEqualTo(properties("feature-vector"));
        assertThat(FeatureVectorAvro.SCHEMA.getField("kind").schema().getEnumSymbols())
                .isEqualTo(constants(TickKind.values()));
    }

    @Test
    void schemasNameTheConstantsOfTheEnums() throws IOException {
        List<String> reasons = constants(TickQuality.values());
        reasons.remove("OK");

        assertThat(choices("tick", "kind")).isEqualTo(constants(TickKind.values()));
        assertThat(choices("tick", "aggressor")).isEqualTo(orNull(Aggressor.values()));
        assertThat(choices("set-aside", "reason")).isEqualTo(reasons);
        assertThat(choices("prediction", "role")).isEqualTo(constants(Role.values()));
        assertThat(choices("prediction", "action")).isEqualTo(orNull(Action.values()));
        assertThat(choices("prediction", "status")).isEqualTo(constants(PredictionStatus.values()));
        assertThat(choices("drift-report", "verdict")).isEqualTo(constants(Verdict.values()));
        assertThat(choices("drift-report", "role")).isEqualTo(constants(Role.values()));
        assertThat(choices("deployment-request", "mode"))
                .isEqualTo(constants(DeploymentMode.values()));
        assertThat(choices("deployment", "mode")).isEqualTo(constants(DeploymentMode.values()));
        assertThat(choices("deployment", "routing_unit"))
                .isEqualTo(constants(RoutingUnit.values()));
        assertThat(choices("deployment-event", "kind"))
                .isEqualTo(constants(DeploymentEvent.Kind.values()));
        assertThat(choices("deployment-event", "role")).isEqualTo(orNull(Role.values()));
        assertThat(choices("lifecycle-event", "kind"))
                .isEqualTo(constants(LifecycleEvent.Kind.values()));
        assertThat(choices("lifecycle-event", "mode")).isEqualTo(orNull(DeploymentMode.values()));
        assertThat(choices("lifecycle-command", "kind"))
                .isEqualTo(constants(LifecycleCommand.Kind.values()));
        assertThat(choices("retrain-request", "cause"))
                .isEqualTo(constants(RetrainRequest.Cause.values()));
        assertThat(choices("training-result", "kind"))
                .isEqualTo(constants(TrainingResult.Kind.values()));
        assertThat(choices("label", "outcome")).isEqualTo(constants(Direction.values()));
        assertThat(choices("outcome", "outcome")).isEqualTo(orNull(Direction.values()));
        assertThat(choices("outcome", "status")).isEqualTo(constants(OutcomeStatus.values()));
        assertThat(choices("outcome", "source")).isEqualTo(constants(OutcomeSource.values()));
        assertThat(choices("accuracy", "role")).isEqualTo(constants(Role.values()));
        assertThat(choices("alarm", "kind")).isEqualTo(constants(Alarm.Kind.values()));
    }

    @ParameterizedTest
    @MethodSource("controlCodecs")
    void theCodecWritesTheExampleOfAControlRecord(String name, ControlJson<?> json)
            throws Exception {
        assertThat(rewritten(json, load(name + ".example.json")))
                .isEqualTo(load(name + ".example.json").toString());
        assertThat(properties(name)).isEqualTo(names(load(name + ".example.json")));
    }

    static Stream<Arguments> controlCodecs() {
        return Stream.of(
                Arguments.of("deployment-request", new DeploymentRequestJson()),
                Arguments.of("deployment", new DeploymentJson()),
                Arguments.of("deployment-event", new DeploymentEventJson()),
                Arguments.of("lifecycle-event", new LifecycleEventJson()),
                Arguments.of("lifecycle-command", new LifecycleCommandJson()),
                Arguments.of("retrain-request", new RetrainRequestJson()),
                Arguments.of("training-result", new TrainingResultJson()),
                Arguments.of("alarm", new AlarmJson()),
                Arguments.of("label", new LabelJson()),
                Arguments.of("accuracy", new AccuracyRowJson()),
                Arguments.of("drift-report", new DriftReportJson()));
    }

    private static <T> String rewritten(ControlJson<T> json, JsonNode example) throws Exception {
        T record = json.read(MAPPER.writeValueAsBytes(example));
        assertThat(json.read(json.write(record)))
                .usingRecursiveComparison()
                // NaN is NaN.
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(record);
        assertThat(new String(json.key(record), StandardCharsets.UTF_8))
                .isEqualTo(example.get(example.has("model_id") ? "model_id" : "symbol").asText());
        return new String(json.write(record), StandardCharsets.UTF_8);
    }

    /** What a schema requires must be asked for, and what it does not may be left out. */
    @ParameterizedTest
    @MethodSource("controlCodecs")
    void theCodecRequiresWhatTheSchemaDoes(String name, ControlJson<?> json) throws Exception {
        JsonNode schema = load(name + ".schema.json");
        List<String> required =
                elements(schema.get("required")).stream().map(JsonNode::asText).toList();
        for (String field : names(schema.get("properties"))) {
            ObjectNode without = (ObjectNode) load(name + ".example.json");
            without.remove(field);
            byte[] value = MAPPER.writeValueAsBytes(without);
            boolean nullable = allows(schema.get("properties").get(field), NullNode.getInstance());
            if (required.contains(field) && !nullable) {
                assertThat(
                                catchThrowableOfType(
                                                UnreadableRecordException.class,
                                                () -> json.read(value))
                                        .reason())
                        .as(field)
                        .isEqualTo(DeadLetterReason.MISSING_FIELD);
            } else {
                assertThatCode(() -> json.read(value)).as(field).doesNotThrowAnyException();
            }
        }
    }

    private static void assertFollows(JsonNode schema, JsonNode example) {
        assertThat(names(schema.get("properties"))).containsAll(names(example));
        for (JsonNode required : schema.get("required")) {
            assertThat(example.has(required.asText())).as(required.asText()).isTrue();
        }
        example.properties()
                .forEach(
                        field -> {
                            JsonNode expected = schema.get("properties").get(field.getKey());
                            assertThat(allows(expected, field.getValue()))
                                    .as(field.toString())
                                    .isTrue();
                            if (field.getValue().isObject() && expected.has("required")) {
                                assertFollows(expected, field.getValue());
                            }
                            if (field.getValue().isArray()) {
                                elements(field.getValue())
                                        .forEach(
                                                element ->
                                                        assertFollows(
                                                                expected.get("items"), element));
                            }
                        });
    }

    /** The part of JSON Schema that our schemas use for a field. */
    private static boolean allows(JsonNode schema, JsonNode value) {
        if (schema.has("anyOf")) {
            return elements(schema.get("anyOf")).stream().anyMatch(any -> allows(any, value));
        }
        if (schema.has("enum")) {
            return elements(schema.get("enum")).contains(value);
        }
        JsonNode type = schema.get("type");
        return (type.isArray() ? elements(type) : List.of(type))
                .stream().anyMatch(allowed -> hasType(allowed.asText(), value));
    }

    private static boolean hasType(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static List<String> properties(String schema) throws IOException {
        return names(load(schema + ".schema.json").get("properties"));
    }

    private static List<String> choices(String schema, String field) throws IOException {
        return elements(load(schema + ".schema.json").get("properties").get(field).get("enum"))
                .stream()
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> constants(Enum<?>[] values) {
        return new ArrayList<>(Stream.of(values).map(Enum::name).toList());
    }

    private static List<String> orNull(Enum<?>[] values) {
        List<String> names = constants(values);
        names.add("null");
        return names;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    private static JsonNode load(String file) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        SchemasTest.class.getResourceAsStream("/schemas/" + file), file)) {
            return MAPPER.readTree(in);
        }
    }
}
