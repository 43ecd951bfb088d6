package com.shivx.models.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code provenance.json}.
 *
 * <pre>{@code
 * {"data": {"from_micros": 1700000000000000, "to_micros": 1700086400000000, "rows": 864000,
 *           "sha256": "…"},
 *  "feature_set": "market-v1", "feature_set_hash": "…", "code_version": "0.1.0",
 *  "trainer": "lightgbm", "parameters": {"num_leaves": "31"}, "seed": 7}
 * }</pre>
 *
 * A version that was made of another says besides how, such as {@code "quantized": {"from":
 * "direction@2.1.0", …}}.
 */
public final class ProvenanceJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = ArtifactFile.PROVENANCE.fileName();

    private ProvenanceJson() {}

    public static byte[] write(Provenance provenance) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("data")
                .put("from_micros", provenance.dataFromMicros())
                .put("to_micros", provenance.dataToMicros())
                .put("rows", provenance.dataRows())
                .put("sha256", provenance.dataSha256());
        root.put("feature_set", provenance.featureSet())
                .put("feature_set_hash", provenance.featureSetHash())
                .put("code_version", provenance.codeVersion())
                .put("trainer", provenance.trainer());
        ObjectNode parameters = root.putObject("parameters");
        provenance.parameters().forEach(parameters::put);
        root.put("seed", provenance.seed());
        return bytes(root);
    }

    /**
     * Reads it.
     *
     * @throws RegistryException naming the field that does not hold
     */
    public static Provenance read(byte[] json) {
        JsonNode root = parse(json);
        Map<String, String> parameters = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : root.path("parameters").properties()) {
            parameters.put(entry.getKey(), entry.getValue().asText());
        }
        try {
            return new Provenance(
                    number(root, "/data/from_micros"),
                    number(root, "/data/to_micros"),
                    number(root, "/data/rows"),
                    textOrNull(root, "/data/sha256"),
                    textOrNull(root, "/feature_set"),
                    textOrNull(root, "/feature_set_hash"),
                    text(root, "/code_version"),
                    text(root, "/trainer"),
                    parameters,
                    number(root, "/seed"));
        } catch (IllegalArgumentException e) {
            throw new RegistryException("%s: %s".formatted(FILE, e.getMessage()), e);
        }
    }

    /**
     * Whether it says what data the version was made of; of one that was not trained, it may not.
     */
    public static boolean namesData(byte[] json) {
        return parse(json).has("data");
    }

    /**
     * The file of a version that was made of another: all that the other's says, and how.
     *
     * @param original the other's file; null where it has none
     * @param how what was done, such as {@code quantized}
     * @param facts what belongs to that, by name; numbers and texts
     */
    public static byte[] derived(byte @Nullable [] original, String how, Map<String, ?> facts) {
        ObjectNode root =
                original != null && parse(original) instanceof ObjectNode said
                        ? said
                        : JSON.createObjectNode();
        root.set(how, JSON.valueToTree(facts));
        return bytes(root);
    }

    private static byte[] bytes(ObjectNode root) {
        return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new RegistryException(
                    "%s is no JSON: %s; write it again".formatted(FILE, e.getOriginalMessage()), e);
        }
    }

    private static long number(JsonNode root, String at) {
        JsonNode value = root.at(at);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new RegistryException(
                    "%s '%s' is %s, expected a whole number; write it"
                            .formatted(
                                    FILE,
                                    at.substring(1),
                                    value.isMissingNode() ? "missing" : value));
        }
        return value.longValue();
    }

    private static String text(JsonNode root, String at) {
        String value = textOrNull(root, at);
        if (value == null) {
            throw new RegistryException(
                    "%s '%s' is missing; write it".formatted(FILE, at.substring(1)));
        }
        return value;
    }

    private static @Nullable String textOrNull(JsonNode root, String at) {
        JsonNode value = root.at(at);
        return value.isTextual() ? value.textValue() : null;
    }
}
