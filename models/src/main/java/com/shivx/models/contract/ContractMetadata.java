package com.shivx.models.contract;

import com.shivx.models.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A contract as a model's own {@code metadata_props}, so that its file says everything itself. */
public final class ContractMetadata {

    private ContractMetadata() {}

    /** What the file of such a model holds, by key. */
    public static Map<String, String> of(ModelContract contract) {
        Map<String, String> metadata = new TreeMap<>();
        put(metadata, ContractItem.MODEL, contract.model());
        put(metadata, ContractItem.VERSION, contract.version());
        put(metadata, ContractItem.TASK, lowerCase(contract.task()));
        put(metadata, ContractItem.FEATURE_SET, contract.featureSet());
        put(metadata, ContractItem.FEATURE_SET_HASH, contract.featureSetHash());
        put(metadata, ContractItem.COLUMNS, String.join(",", contract.columns()));
        put(metadata, ContractItem.OUTPUT, lowerCase(contract.output()));
        put(metadata, ContractItem.MISSING, contract.imputes() ? "imputed" : null);
        if (contract.task() == Task.CLASSIFICATION) {
            put(metadata, ContractItem.CLASSES, String.join(",", contract.classes()));
            String actions = actions(contract);
            put(metadata, ContractItem.ACTIONS, actions.isEmpty() ? null : actions);
        }
        return metadata;
    }

    /** Keys that no file can say of itself: its own checksum. */
    public static List<String> impossibleKeys() {
        return List.of(ContractItem.SHA256.metadataKey());
    }

    private static String actions(ModelContract contract) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < contract.classes().size(); i++) {
            Action action = contract.actions().get(i);
            if (action != null) {
                pairs.add(contract.classes().get(i) + "=" + action);
            }
        }
        return String.join(",", pairs);
    }

    private static @Nullable String lowerCase(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    private static void put(
            Map<String, String> metadata, ContractItem item, @Nullable String value) {
        if (value != null) {
            metadata.put(item.metadataKey(), value);
        }
    }
}
