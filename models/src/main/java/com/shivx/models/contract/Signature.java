package com.shivx.models.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.Action;
import com.shivx.models.ModelRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A contract as {@code signature.json} beside its model: every field of {@link ContractItem} that
 * is known, columns and classes as lists, actions as an object from class to action.
 *
 * <pre>{@code
 * {"model": "direction", "version": "2.1.0", "task": "classification",
 *  "feature_set": "market-v1", "feature_set_hash": "…", "columns": ["queue_imbalance", …],
 *  "classes": ["DOWN", "FLAT", "UP"], "actions": {"DOWN": "SELL", "FLAT": "HOLD", "UP": "BUY"},
 *  "output": "probabilities", "missing": "imputed", "sha256": "…"}
 * }</pre>
 */
final class Signature {

    static final String FILE_NAME = "signature.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REMEDY = "correct it or take it away";

    private Signature() {}

    /** Takes what it says; fields of other names are left alone, so that it may say more. */
    static void read(byte[] json, ContractText into) throws ModelRefusedException {
        JsonNode root = parse(json);
        for (ContractItem item : ContractItem.values()) {
            JsonNode value = root.path(item.field());
            if (!value.isMissingNode() && !value.isNull()) {
                String by = FILE_NAME + " '" + item.field() + "'";
                into.say(item, text(value, by), by);
            }
        }
    }

    private static JsonNode parse(byte[] json) throws ModelRefusedException {
        try {
            JsonNode root = JSON.readTree(new String(json, StandardCharsets.UTF_8));
            if (root.isObject()) {
                return root;
            }
        } catch (JsonProcessingException e) {
            throw new ModelRefusedException(
                    FILE_NAME + " is no JSON: " + e.getOriginalMessage(), REMEDY, e);
        }
        throw new ModelRefusedException(FILE_NAME + " holds no object", REMEDY);
    }

    private static String text(JsonNode value, String by) throws ModelRefusedException {
        List<String> parts = new ArrayList<>();
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                parts.add(entry.getKey() + "=" + text(entry.getValue(), by));
            }
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                parts.add(text(element, by));
            }
        } else if (value.isTextual()) {
            return value.asText();
        } else {
            throw new ModelRefusedException(
                    by + " is " + value + ", neither a text nor a list of texts", REMEDY);
        }
        return String.join(",", parts);
    }

    static String write(ModelContract contract, String sha256) {
        ObjectNode root = JSON.createObjectNode();
        root.put("model", contract.model());
        root.put("version", contract.version());
        root.put("task", lowerCase(contract.task()));
        if (contract.featureSet() != null) {
            root.put("feature_set", contract.featureSet());
            root.put("feature_set_hash", contract.featureSetHash());
        }
        contract.columns().forEach(root.putArray("columns")::add);
        if (contract.task() == Task.CLASSIFICATION) {
            contract.classes().forEach(root.putArray("classes")::add);
            ObjectNode actions = root.putObject("actions");
            for (int i = 0; i < contract.classes().size(); i++) {
                Action action = contract.actions().get(i);
                if (action != null) {
                    actions.put(contract.classes().get(i), action.name());
                }
            }
        }
        if (contract.output() != null) {
            root.put("output", lowerCase(contract.output()));
        }
        if (contract.imputes()) {
            root.put("missing", "imputed");
        }
        return root.put("sha256", sha256).toPrettyString() + "\n";
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
