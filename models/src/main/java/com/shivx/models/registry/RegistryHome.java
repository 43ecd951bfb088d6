package com.shivx.models.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a registry keeps what it holds. Each call is whole or not at all, however many processes
 * call at once; what they mean together is {@link ModelRegistry}'s.
 */
public interface RegistryHome {

    /** How people name it, without secrets. */
    String uri();

    /** The names of all models, sorted. */
    List<String> models();

    /** A model's complete versions, rising; none of a model that is not there. */
    List<ModelVersion> versions(String model);

    /**
     * Adds a version, unless there is one of that name: of callers at once with the same name one
     * adds its own. A caller that is cut off leaves no version.
     *
     * @return what was added; empty where the name is taken
     */
    Optional<ModelVersion> add(NewVersion version);

    /**
     * A version's files. Checksums are the caller's to compare.
     *
     * @throws RegistryException if it cannot be read
     */
    VersionFiles fetch(ModelVersion version);

    /** The version that each alias of a model names. */
    Map<Alias, SemanticVersion> aliases(String model);

    /** Lets an alias name a version that is there. */
    void setAlias(String model, Alias alias, ModelVersion version);

    /** Adds an entry to the audit; one that is there already is not added again. */
    void append(AuditEntry entry);

    /** Everything that was ever added to a model's audit, in any order. */
    List<AuditEntry> audit(String model);

    /** What lies there and is no version, a line each with the remedy. */
    List<String> problems();
}
