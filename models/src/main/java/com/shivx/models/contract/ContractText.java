package com.shivx.models.contract;

import com.shivx.models.Action;
import com.shivx.models.ModelRefusedException;
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

    /**
     * Takes what one source says, a list with its blanks or actions in any order too; null is
     * nothing.
     */
    void say(ContractItem item, @Nullable String said, String by) throws ModelRefusedException {
        if (said == null) {
            return;
        }
        String text = item == ContractItem.ACTIONS ? sorted(said, by) : list(said);
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
            String key = item.metadataKey();
            say(item, metadata.get(key), "metadata_props '" + key + "'");
        }
    }

    void readFlags(ContractFlags flags) throws ModelRefusedException {
        say(ContractItem.MODEL, flags.model(), "--model");
        say(ContractItem.VERSION, flags.version(), "--version");
        say(ContractItem.FEATURE_SET, flags.features(), "--features");
        say(
                ContractItem.COLUMNS,
                flags.columns() == null ? null : String.join(",", flags.columns()),
                "--columns");
        say(
                ContractItem.CLASSES,
                flags.classes() == null ? null : String.join(",", flags.classes()),
                "--classes");
        say(
                ContractItem.ACTIONS,
                flags.actions() == null ? null : pairs(flags.actions()),
                "--actions");
    }

    /** Without blanks around commas, so that equal lists are equal texts. */
    private static String list(String text) {
        return String.join(",", ContractFlags.parseList(text));
    }

    private static String sorted(String text, String by) throws ModelRefusedException {
        try {
            return pairs(ContractFlags.parseActions(text));
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException(
                    by + ": " + e.getMessage(), "write it as DOWN=SELL,FLAT=HOLD,UP=BUY", e);
        }
    }

    private static String pairs(Map<String, Action> actions) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(actions).forEach((name, action) -> pairs.add(name + "=" + action));
        return String.join(",", pairs);
    }
}
