package com.shivx.models.registry;

import java.time.Instant;

/**
 * A version that is to be: as {@link ModelVersion} will tell it.
 *
 * @param at when it is registered, where the registry has no clock of its own
 * @param by who registers it
 * @param comment what for; may be empty
 */
public record NewVersion(
        String model,
        SemanticVersion version,
        VersionFiles files,
        Instant at,
        String by,
        String comment) {

    /** {@code model@version}. */
    public String id() {
        return model + "@" + version;
    }
}
