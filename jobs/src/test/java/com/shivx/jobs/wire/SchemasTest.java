package com.shivx.jobs.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shivx.features.FeatureVector;
import com.shivx.features.tick.Aggressor;
import com.shivx.features.tick.Tick;
import com.shivx.features.tick.TickKind;
import com.shivx.features.tick.TickQuality;
import com.shivx.models.Action;
import com.shivx.models.PredictionStatus;
import com.shivx.models.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "feature-vector, feature-vector"
    })
    void examplesFollowTheirSchema(String schemaName, String exampleName) throws IOException {
        JsonNode schema = load(schemaName + ".schema.json");
        JsonNode example = load(exampleName + ".example.json");

        assertThat(names(schema.get("properties"))).containsAll(names(example));
        for (JsonNode required : schema.get("required")) {
            assertThat(example.has(required.asText())).as(required.asText()).isTrue();
        }
        example.properties()
                .forEach(
                        field ->
                                assertThat(
                                                allows(
                                                        schema.get("properties")
                                                                .get(field.getKey()),
                                                        field.getValue()))
                                        .as(field.toString())
                                        .isTrue());
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
