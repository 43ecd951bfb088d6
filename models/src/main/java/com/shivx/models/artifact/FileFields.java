package com.shivx.models.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.ModelRefusedException;
import java.nio.charset.StandardCharsets;

/**
 * Fields of a JSON file beside a model, which somebody may have written by hand: every field that
 * is asked for must stand there, and what is missing or of another kind refuses the model by the
 * path to it. NaN is {@code null} on both ways.
 */
final class FileFields {

    static final ObjectMapper JSON = new ObjectMapper();

    private final String path;
    private final JsonNode node;

    private FileFields(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    /** The object that a file holds. */
    static FileFields parse(String file, byte[] json) throws ModelRefusedException {
        try {
            JsonNode root = JSON.readTree(new String(json, StandardCharsets.UTF_8));
            if (root != null && root.isObject()) {
                return new FileFields(file + " ", root);
            }
        } catch (JsonProcessingException e) {
            throw refused(file + " is no JSON: " + e.getOriginalMessage());
        }
        throw refused(file + " holds no object");
    }

    static ModelRefusedException refused(String reason) {
        return new ModelRefusedException(reason, "write it again, or take it away");
    }

    JsonNode node() {
        return node;
    }

    boolean has(String name) {
        return node.has(name);
    }

    FileFields object(String name) throws ModelRefusedException {
        JsonNode value = node.path(name);
        if (!value.isObject()) {
            throw wrong(name, value, "an object");
        }
        return new FileFields(path + name + ".", value);
    }

    /** The objects of a list. */
    FileFields[] objects(String name) throws ModelRefusedException {
        JsonNode value = list(name);
        FileFields[] objects = new FileFields[value.size()];
        for (int i = 0; i < objects.length; i++) {
            if (!value.get(i).isObject()) {
                throw wrong(name + "[" + i + "]", value.get(i), "an object");
            }
            objects[i] = new FileFields(path + name + "[" + i + "].", value.get(i));
        }
        return objects;
    }

    String text(String name) throws ModelRefusedException {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw wrong(name, value, "a text");
        }
        return value.asText();
    }

    /** A whole number of 0 or more. */
    long count(String name) throws ModelRefusedException {
        return count(name, node.path(name));
    }

    private long count(String name, JsonNode value) throws ModelRefusedException {
        if (!value.canConvertToLong() || !value.isIntegralNumber() || value.asLong() < 0) {
            throw wrong(name, value, "a count");
        }
        return value.asLong();
    }

    double number(String name) throws ModelRefusedException {
        return number(name, node.path(name));
    }

    private double number(String name, JsonNode value) throws ModelRefusedException {
        if (value.isNull()) {
            return Double.NaN;
        }
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw wrong(name, value, "a number");
        }
        return value.asDouble();
    }

    double[] numbers(String name) throws ModelRefusedException {
        JsonNode value = list(name);
        double[] numbers = new double[value.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(name + "[" + i + "]", value.get(i));
        }
        return numbers;
    }

    long[] counts(String name) throws ModelRefusedException {
        JsonNode value = list(name);
        long[] counts = new long[value.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count(name + "[" + i + "]", value.get(i));
        }
        return counts;
    }

    private JsonNode list(String name) throws ModelRefusedException {
        JsonNode value = node.path(name);
        if (!value.isArray()) {
            throw wrong(name, value, "a list");
        }
        return value;
    }

    private ModelRefusedException wrong(String name, JsonNode value, String expected) {
        String text = value.isMissingNode() ? "missing" : value.toString();
        String shown = text.length() <= 80 ? text : text.substring(0, 80) + "…";
        return refused(path + name + " is " + shown + ", not " + expected);
    }

    static void put(ObjectNode object, String name, double value) {
        if (Double.isFinite(value)) {
            object.put(name, value);
        } else {
            object.putNull(name);
        }
    }

    static void put(ObjectNode object, String name, double[] values) {
        ArrayNode list = object.putArray(name);
        for (double value : values) {
            list.add(value);
        }
    }

    static void put(ObjectNode object, String name, long[] values) {
        ArrayNode list = object.putArray(name);
        for (long value : values) {
            list.add(value);
        }
    }
}
