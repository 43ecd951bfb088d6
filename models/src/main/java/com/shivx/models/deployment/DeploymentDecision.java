package com.shivx.models.deployment;

import org.jspecify.annotations.Nullable;

/**
 * What became of a request: a deployment, or the reason why there is none; exactly one of them.
 *
 * @param deployment what must serve from now on; null if refused
 * @param refusal why not and what to do, one line; null if accepted
 */
public record DeploymentDecision(@Nullable Deployment deployment, @Nullable String refusal) {

    static DeploymentDecision accepted(Deployment deployment) {
        return new DeploymentDecision(deployment, null);
    }

    /** Nothing comes of it. */
    public static DeploymentDecision refused(String reason) {
        return new DeploymentDecision(null, reason);
    }
}
