package com.shivx.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the sources say of a contract, item by item, each as one text: lists separated by commas,
 * actions as {@code DOWN=SELL,UP=BUY} in the order of the names. Two sources that say different
 * things are refused.
 */
final class ContractText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Said(String text, String by) {}

    private final Map<ContractItem, Said> items = new EnumMap<>(ContractItem.class);

    @Nullable String get(ContractItem item) {
        Said said = items.get(item);
        return said == null ? null : said.text();
    }

    /** Who said it, to be named in a refusal. */
    String by(ContractItem item) {
        Said said = items.get(item);
        return said == null ? "nobody" : said.by();
    }

    void say(ContractItem item, @Nullable String text, String by) throws ModelRefusedException {
        if (text == null) {
            return;
        }
        Said before = items.putIfAbsent(item, new Said(text, by));
        if (before != null && !before.text().equals(text)) {
            throw new ModelRefusedException(
                    item.words()
                            + " is "
                            + before.text()
                            + " by "
                            + before.by()
                            + " and "
                            + text
                            + " by "
                            + by,
                    "let both say the same, or only one");
        }
    }

    void sayDefault(ContractItem item, String text) {
        items.putIfAbsent(item, new Said(text, "default"));
    }

    /** The file's own metadata. */
    void readMetadata(Map<String, String> metadata) throws ModelRefusedException {
        for (ContractItem item : ContractItem.values()) {
            String text = metadata.get(item.metadataKey());
            if (text != null) {
                String by = "metadata_props '" + item.metadataKey() + "'";
                say(
                        item,
                        item == ContractItem.ACTIONS ? actions(parsed(text, by)) : list(text),
                        by);
            }
        }
    }

    void readFlags(ContractFlags flags) throws ModelRefusedException {
        say(ContractItem.FEATURE_SET, flags.features(), "--features");
        if (flags.columns() != null) {
            say(ContractItem.COLUMNS, String.join(",", flags.columns()), "--columns");
        }
        if (flags.classes() != null) {
            say(ContractItem.CLASSES, String.join(",", flags.classes()), "--classes");
        }
        if (flags.actions() != null) {
            say(ContractItem.ACTIONS, actions(flags.actions()), "--actions");
        }
    }

    /**
     * {@code signature.json}: texts, lists of texts, and the actions as an object. Other fields are
     * left alone.
     */
    void readSignature(byte[] json) throws ModelRefusedException {
        JsonNode root;
        try {
            root = JSON.readTree(new String(json, java.nio.charset.StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new ModelRefusedException(
                    "signature.json is no JSON: " + e.getOriginalMessage(),
                    "correct it or take it away",
                    e);
        }
        if (!root.isObject()) {
            throw new ModelRefusedException(
                    "signature.json holds no object", "correct it or take it away");
        }
        for (ContractItem item : ContractItem.values()) {
            JsonNode value = root.get(item.field());
            if (value != null && !value.isNull()) {
                String by = "signature.json '" + item.field() + "'";
                String text =
                        item == ContractItem.ACTIONS
                                ? actions(parsed(text(value, by), by))
                                : text(value, by);
                say(item, text, by);
            }
        }
    }

    private static String text(JsonNode value, String by) throws ModelRefusedException {
        List<String> parts = new ArrayList<>();
        boolean texts = value.isTextual();
        if (value.isArray()) {
            texts = true;
            for (JsonNode element : value) {
                texts &= element.isTextual();
                parts.add(element.asText());
            }
        } else if (value.isObject()) {
            texts = true;
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                parts.add(entry.getKey() + "=" + entry.getValue().asText());
            }
        } else {
            parts.add(value.asText());
        }
        if (!texts) {
            throw new ModelRefusedException(
                    by + " is " + value + ", neither a text nor a list of texts",
                    "write it as one");
        }
        return list(String.join(",", parts));
    }

    /** Without blanks around commas, so that equal lists are equal texts. */
    private static String list(String text) {
        return String.join(",", ContractFlags.parseList(text));
    }

    private static Map<String, Action> parsed(String text, String by) throws ModelRefusedException {
        try {
            return ContractFlags.parseActions(text);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException(
                    by + ": " + e.getMessage(), "write it as DOWN=SELL,FLAT=HOLD,UP=BUY", e);
        }
    }

    private static String actions(Map<String, Action> actions) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(actions).forEach((name, action) -> pairs.add(name + "=" + action));
        return String.join(",", pairs);
    }
}
