package com.shivx.models.deployment;

import org.jspecify.annotations.Nullable;

/**
 * What became of a request, for whoever asked and for whoever looks later.
 *
 * @param requestId of the request
 * @param model the model line that it named
 * @param kind what became of it
 * @param generation in force after it; 0 while nothing is deployed
 * @param mode that was asked for
 * @param version that was asked for
 * @param reason why, one line with the remedy; null where the deployment says everything
 * @param requestedBy who asked
 */
public record LifecycleEvent(
        String requestId,
        String model,
        Kind kind,
        long generation,
        DeploymentMode mode,
        String version,
        @Nullable String reason,
        String requestedBy) {

    /** What can become of a request. */
    public enum Kind {
        /** It is in force, as that generation. */
        DEPLOYED,
        /** It is not; what was in force before goes on. */
        REFUSED,
        /** It was decided before, and nothing has changed by its coming again. */
        REPEATED
    }

    /** A decision. */
    public static LifecycleEvent of(
            DeploymentRequest request, DeploymentDecision decision, long generation) {
        Kind kind = decision.deployment() == null ? Kind.REFUSED : Kind.DEPLOYED;
        return of(request, kind, generation, decision.refusal());
    }

    /** A request that has come again. */
    public static LifecycleEvent repeated(DeploymentRequest request, long generation) {
        return of(
                request,
                Kind.REPEATED,
                generation,
                "a request of this id was decided before; ask under an id of its own");
    }

    private static LifecycleEvent of(
            DeploymentRequest request, Kind kind, long generation, @Nullable String reason) {
        return new LifecycleEvent(
                request.requestId(),
                request.model(),
                kind,
                generation,
                request.mode(),
                request.version().version(),
                reason,
                request.requestedBy());
    }
}
