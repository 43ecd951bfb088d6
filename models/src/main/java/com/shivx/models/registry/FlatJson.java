package com.shivx.models.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A JSON object as one level of names, {@code validation.accuracy}, and texts of their values. */
public final class FlatJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FlatJson() {}

    /** Sorted by name; empty without JSON. Nulls, which stand for NaN, are left out. */
    public static Map<String, String> of(byte @Nullable [] json) {
        Map<String, String> flat = new TreeMap<>();
        if (json != null) {
            try {
                put(flat, "", JSON.readTree(json));
            } catch (IOException e) {
                throw new RegistryException("a file of the version is no JSON; make it again", e);
            }
        }
        return flat;
    }

    private static void put(Map<String, String> flat, String name, JsonNode node) {
        String prefix = name.isEmpty() ? "" : name + ".";
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                put(flat, prefix + entry.getKey(), entry.getValue());
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                put(flat, prefix + i, node.get(i));
            }
        } else if (!node.isNull()) {
            flat.put(name, node.asText());
        }
    }

    /** The number that a text is; null where it is none, or none that is finite. */
    public static @Nullable Double number(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
