package com.shivx.models.registry;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model line as it stands.
 *
 * @param versions rising
 * @param aliases the version that each names
 */
public record RegisteredModel(
        String name, List<ModelVersion> versions, Map<Alias, SemanticVersion> aliases) {

    public RegisteredModel {
        versions = List.copyOf(versions);
        EnumMap<Alias, SemanticVersion> copy = new EnumMap<>(Alias.class);
        copy.putAll(aliases);
        aliases = Collections.unmodifiableMap(copy);
    }

    public Optional<ModelVersion> version(SemanticVersion version) {
        return versions.stream().filter(v -> v.version().equals(version)).findFirst();
    }

    /** The aliases that name a version, in their order. */
    public List<Alias> aliasesOf(SemanticVersion version) {
        return aliases.entrySet().stream()
                .filter(entry -> entry.getValue().equals(version))
                .map(Map.Entry::getKey)
                .toList();
    }
}
