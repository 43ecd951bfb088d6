package com.shivx.models.drift;

import com.shivx.models.Role;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deployed version with what its live windows are compared with. Lives in state and travels
 * between operators, so nothing is checked here; {@link VersionReference} does.
 *
 * @param version the semantic version
 * @param role the part that it plays
 * @param featureSetHash of the vectors that it takes; empty if it is not watched
 * @param reference the bytes of its {@code reference.json}; empty if it is not watched
 * @param importance of its features, by name, in any unit that all share; empty if unknown
 * @param unwatched why it cannot be watched, one line with the remedy; null if it can
 */
public record WatchedVersion(
        String version,
        Role role,
        String featureSetHash,
        byte[] reference,
        Map<String, Double> importance,
        @Nullable String unwatched)
        implements Serializable {

    /** One that cannot be watched. */
    public static WatchedVersion unwatched(String version, Role role, String reason) {
        return new WatchedVersion(version, role, "", new byte[0], Map.of(), reason);
    }
}
