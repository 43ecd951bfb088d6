package com.shivx.models.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, asked for by name and type. What is not there, or is something
 * else, is an {@link UnreadableRecordException} that names the field, its value and the remedy;
 * fields nobody asks for are passed over, so that a later writer may add some.
 */
public final class JsonFields {

    /** Reads and writes numbers as the codecs without a tree do. */
    public static final ObjectMapper MAPPER =
            JsonMapper.builder(Json.FACTORY.copy())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final String path;
    private final JsonNode object;

    private JsonFields(String path, JsonNode object) {
        this.path = path;
        this.object = object;
    }

    /** The object that a whole value is. */
    public static JsonFields parse(byte @Nullable [] value, int maxBytes)
            throws UnreadableRecordException {
        if (value == null) {
            throw empty();
        }
        if (value.length > maxBytes) {
            throw new UnreadableRecordException(
                    DeadLetterReason.TOO_LARGE,
                    "%d bytes, where there are at most %d: write one object"
                            .formatted(value.length, maxBytes));
        }
        Utf8.requireText(value, 0, value.length);
        JsonNode whole = tree(value);
        if (whole.isMissingNode()) {
            throw empty();
        }
        if (!whole.isObject()) {
            throw new UnreadableRecordException(
                    DeadLetterReason.WRONG_TYPE, "the value is JSON but no object: write one");
        }
        return new JsonFields("", whole);
    }

    private static JsonNode tree(byte[] value) throws UnreadableRecordException {
        try {
            return MAPPER.readTree(value);
        } catch (StreamConstraintsException e) {
            throw new UnreadableRecordException(DeadLetterReason.TOO_LARGE, e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new UnreadableRecordException(
                    DeadLetterReason.NOT_JSON,
                    "not JSON, " + e.getOriginalMessage() + ": write one object");
        } catch (IOException e) {
            // An array cannot fail to be read.
            throw new UncheckedIOException(e);
        }
    }

    /** A text that says something. */
    public String text(String name) throws UnreadableRecordException {
        String text = textOrNull(name);
        if (text == null || text.isBlank()) {
            throw missing(name, "a text");
        }
        return text;
    }

    /** A text; absent it is empty. */
    public String textOrEmpty(String name) throws UnreadableRecordException {
        String text = textOrNull(name);
        return text == null ? "" : text;
    }

    public @Nullable String textOrNull(String name) throws UnreadableRecordException {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw wrongType(name, node, "a text");
        }
        return node.textValue();
    }

    public long integer(String name) throws UnreadableRecordException {
        Long value = integerOrNull(name);
        if (value == null) {
            throw missing(name, "an integer");
        }
        return value;
    }

    public @Nullable Long integerOrNull(String name) throws UnreadableRecordException {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrongType(name, node, "an integer");
        }
        return node.longValue();
    }

    /** An integer; absent it is 0. */
    public long integerOrZero(String name) throws UnreadableRecordException {
        Long value = integerOrNull(name);
        return value == null ? 0 : value;
    }

    /** An integer that is 0 or more and small: a number of things or the place among them. */
    public int count(String name) throws UnreadableRecordException {
        long value = integer(name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw wrongType(name, object.get(name), "0 or more");
        }
        return (int) value;
    }

    public double number(String name) throws UnreadableRecordException {
        double value = numberOrNan(name);
        if (Double.isNaN(value)) {
            throw missing(name, "a number");
        }
        return value;
    }

    /** A number; NaN where there is none, as NaN is written. */
    public double numberOrNan(String name) throws UnreadableRecordException {
        JsonNode node = get(name);
        if (node == null) {
            return Double.NaN;
        }
        if (!node.isNumber()) {
            throw wrongType(name, node, "a number or null");
        }
        return node.doubleValue();
    }

    public double numberOrZero(String name) throws UnreadableRecordException {
        JsonNode node = get(name);
        if (node == null) {
            return 0;
        }
        if (!node.isNumber()) {
            throw wrongType(name, node, "a number");
        }
        return node.doubleValue();
    }

    /** A float; NaN where there is none, as NaN is written. */
    public float floatOrNan(String name) throws UnreadableRecordException {
        JsonNode node = get(name);
        if (node == null) {
            return Float.NaN;
        }
        if (!node.isNumber()) {
            throw wrongType(name, node, "a number or null");
        }
        return node.floatValue();
    }

    public boolean flag(String name) throws UnreadableRecordException {
        JsonNode node = get(name);
        if (node == null) {
            throw missing(name, "true or false");
        }
        if (!node.isBoolean()) {
            throw wrongType(name, node, "true or false");
        }
        return node.booleanValue();
    }

    /** One of an enum's words. */
    public <E extends Enum<E>> E choice(String name, Class<E> type)
            throws UnreadableRecordException {
        E value = choiceOrNull(name, type);
        if (value == null) {
            throw missing(name, words(type));
        }
        return value;
    }

    public <E extends Enum<E>> @Nullable E choiceOrNull(String name, Class<E> type)
            throws UnreadableRecordException {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (node.isTextual() && constant.name().equals(node.textValue())) {
                return constant;
            }
        }
        throw wrongType(name, node, words(type));
    }

    public JsonFields object(String name) throws UnreadableRecordException {
        JsonFields fields = objectOrNull(name);
        if (fields == null) {
            throw missing(name, "an object");
        }
        return fields;
    }

    public @Nullable JsonFields objectOrNull(String name) throws UnreadableRecordException {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isObject()) {
            throw wrongType(name, node, "an object");
        }
        return new JsonFields(path + name + ".", node);
    }

    /** The objects of a list; absent there are none. */
    public List<JsonFields> objects(String name) throws UnreadableRecordException {
        List<JsonFields> objects = new ArrayList<>();
        JsonNode node = get(name);
        if (node != null) {
            for (JsonNode element : node) {
                objects.add(
                        new JsonFields("%s%s[%d].".formatted(path, name, objects.size()), element));
            }
            if (!node.isArray() || objects.stream().anyMatch(fields -> !fields.object.isObject())) {
                throw wrongType(name, node, "a list of objects");
            }
        }
        return objects;
    }

    /** The integers of a list; absent there are none. */
    public long[] integers(String name) throws UnreadableRecordException {
        JsonNode node = get(name);
        if (node == null) {
            return new long[0];
        }
        if (!node.isArray()) {
            throw wrongType(name, node, "a list of integers");
        }
        long[] integers = new long[node.size()];
        for (int i = 0; i < integers.length; i++) {
            JsonNode element = node.get(i);
            if (!element.isIntegralNumber() || !element.canConvertToLong()) {
                throw wrongType("%s[%d]".formatted(name, i), element, "an integer");
            }
            integers[i] = element.longValue();
        }
        return integers;
    }

    /** The numbers of an object by their names, NaN where one is null; absent there are none. */
    public Map<String, Double> numbers(String name) throws UnreadableRecordException {
        JsonFields fields = objectOrNull(name);
        Map<String, Double> numbers = new TreeMap<>();
        if (fields != null) {
            for (String field : fields.names()) {
                numbers.put(field, fields.numberOrNan(field));
            }
        }
        return numbers;
    }

    /** Writes a number; NaN, which JSON has no number for, is null. */
    public static void put(ObjectNode into, String name, double value) {
        if (Double.isNaN(value)) {
            into.putNull(name);
        } else {
            into.put(name, value);
        }
    }

    /** The names of its fields, as they stand. */
    public String[] names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names.toArray(String[]::new);
    }

    private @Nullable JsonNode get(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private static <E extends Enum<E>> String words(Class<E> type) {
        return "one of "
                + Arrays.stream(type.getEnumConstants())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "));
    }

    private UnreadableRecordException missing(String name, String remedy) {
        return new UnreadableRecordException(
                DeadLetterReason.MISSING_FIELD,
                "%s%s is missing: write %s".formatted(path, name, remedy));
    }

    private UnreadableRecordException wrongType(String name, JsonNode node, String remedy) {
        return new UnreadableRecordException(
                DeadLetterReason.WRONG_TYPE,
                "%s%s is %s: write %s"
                        .formatted(
                                path,
                                name,
                                UnreadableRecordException.shown(node.toString()),
                                remedy));
    }

    private static UnreadableRecordException empty() {
        return new UnreadableRecordException(
                DeadLetterReason.EMPTY, "there is nothing in it: write one JSON object");
    }
}
