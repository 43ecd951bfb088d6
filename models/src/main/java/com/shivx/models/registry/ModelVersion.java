package com.shivx.models.registry;

import java.time.Instant;
import java.util.List;

/**
 * A version in a registry. Nothing of it ever changes.
 *
 * @param model the line
 * @param number the registry's own name for it, such as MLflow's integer
 * @param createdAt when it was registered
 * @param createdBy who did
 * @param comment what for; may be empty
 * @param files with their checksums; empty for a version that was not registered by this project,
 *     whose files are looked for when they are fetched
 */
public record ModelVersion(
        String model,
        SemanticVersion version,
        String number,
        Instant createdAt,
        String createdBy,
        String comment,
        List<StoredFile> files) {

    public ModelVersion {
        files = List.copyOf(files);
    }

    /** {@code model@version}. */
    public String id() {
        return model + "@" + version;
    }

    /** Whether it was registered by this project, with checksums. */
    public boolean isOurs() {
        return !files.isEmpty();
    }
}
