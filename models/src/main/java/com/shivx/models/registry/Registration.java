package com.shivx.models.registry;

import com.shivx.models.contract.ModelArtifact;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to register.
 *
 * @param artifact the model, its line and, without {@code bump}, its version
 * @param bump the version is the highest there is with this number raised; null: as the artifact
 *     says
 * @param more files that belong to it, neither model nor signature
 * @param change who and what for
 */
public record Registration(
        ModelArtifact artifact,
        @Nullable Bump bump,
        Map<ArtifactFile, byte[]> more,
        Change change) {}
