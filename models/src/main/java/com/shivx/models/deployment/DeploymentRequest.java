package com.shivx.models.deployment;

import org.jspecify.annotations.Nullable;

/**
 * Somebody wants a version to serve. Comes from outside: {@link DeploymentPolicy} checks every
 * field.
 *
 * @param requestId chosen by who asks; a repeated one is ignored
 * @param model the model line
 * @param mode how it shall serve
 * @param version the version
 * @param share of a canary or an A/B split, above 0 and below 1; 0 for the other modes
 * @param symbols a glob of the symbols it is for; null: as they are, or all
 * @param expectedGeneration the generation that who asks has seen; null: whatever it is
 * @param requestedBy who asks
 */
public record DeploymentRequest(
        String requestId,
        String model,
        DeploymentMode mode,
        ModelRef version,
        double share,
        @Nullable String symbols,
        @Nullable Long expectedGeneration,
        String requestedBy) {}
