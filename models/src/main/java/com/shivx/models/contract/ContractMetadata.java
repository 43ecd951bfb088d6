package com.shivx.models.contract;

import com.shivx.models.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A contract as a model's {@code metadata_props}: what {@link ModelArtifact} reads from the file
 * itself, so that nothing need lie beside it.
 */
public final class ContractMetadata {

    /** What all keys begin with. */
    public static final String PREFIX = "shivx.";

    private ContractMetadata() {}

    /** Key and value of every item that is known, by key. */
    public static Map<String, String> of(ModelContract contract) {
        Map<String, String> metadata = new TreeMap<>();
        put(metadata, ContractItem.MODEL, contract.model());
        put(metadata, ContractItem.VERSION, contract.version());
        put(metadata, ContractItem.TASK, lowerCase(contract.task()));
        put(metadata, ContractItem.COLUMNS, String.join(",", contract.columns()));
        if (contract.featureSet() != null && contract.featureSetHash() != null) {
            put(metadata, ContractItem.FEATURE_SET, contract.featureSet());
            put(metadata, ContractItem.FEATURE_SET_HASH, contract.featureSetHash());
        }
        if (!contract.classes().isEmpty()) {
            put(metadata, ContractItem.CLASSES, String.join(",", contract.classes()));
            List<String> actions = actions(contract);
            if (!actions.isEmpty()) {
                put(metadata, ContractItem.ACTIONS, String.join(",", actions));
            }
        }
        if (contract.output() != null) {
            put(metadata, ContractItem.OUTPUT, lowerCase(contract.output()));
        }
        if (contract.imputes()) {
            put(metadata, ContractItem.MISSING, "imputed");
        }
        return Collections.unmodifiableMap(metadata);
    }

    /**
     * The same without the version, which the registry gives: the same training then makes the same
     * file, whichever version it becomes.
     */
    public static Map<String, String> ofAnyVersion(ModelContract contract) {
        Map<String, String> metadata = new TreeMap<>(of(contract));
        metadata.remove(ContractItem.VERSION.metadataKey());
        return Collections.unmodifiableMap(metadata);
    }

    /** Keys that no file can say of itself: its own checksum. */
    public static List<String> impossibleKeys() {
        return List.of(ContractItem.SHA256.metadataKey());
    }

    private static List<String> actions(ModelContract contract) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < contract.classes().size(); i++) {
            Action action = contract.actions().get(i);
            if (action != null) {
                pairs.add(contract.classes().get(i) + "=" + action);
            }
        }
        return pairs;
    }

    private static void put(Map<String, String> metadata, ContractItem item, String value) {
        metadata.put(item.metadataKey(), value);
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
