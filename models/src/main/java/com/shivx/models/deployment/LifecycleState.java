package com.shivx.models.deployment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one model between its requests.
 *
 * @param inForce what must serve; null while nothing is deployed
 * @param recentRequestIds of the latest {@link #REMEMBERED} requests that were decided, the latest
 *     last; null is none
 */
public record LifecycleState(
        @Nullable Deployment inForce, @Nullable List<String> recentRequestIds) {

    /** A request comes again within moments, when its sender repeats it, or never. */
    public static final int REMEMBERED = 64;

    /** Of a model of which no request has come. */
    public static LifecycleState of(@Nullable Deployment inForce) {
        return new LifecycleState(
                inForce,
                inForce == null || inForce.requestId().isEmpty()
                        ? List.of()
                        : List.of(inForce.requestId()));
    }

    /** Generation in force; 0 while nothing is deployed. */
    public long generation() {
        return inForce == null ? 0 : inForce.generation();
    }

    /** Whether a request of that id was decided lately. */
    public boolean remembers(String requestId) {
        return recentRequestIds != null && recentRequestIds.contains(requestId);
    }

    /** The state after a request was decided. */
    public LifecycleState after(DeploymentRequest request, DeploymentDecision decision) {
        Deployment deployment = decision.deployment();
        return remembering(request.requestId()).with(deployment == null ? inForce : deployment);
    }

    /** The state after a request of that id was decided. */
    public LifecycleState remembering(String requestId) {
        List<String> ids = new ArrayList<>(recentRequestIds == null ? List.of() : recentRequestIds);
        ids.add(requestId);
        return new LifecycleState(
                inForce,
                List.copyOf(ids.subList(Math.max(0, ids.size() - REMEMBERED), ids.size())));
    }

    /** The state with another deployment in force. */
    public LifecycleState with(@Nullable Deployment deployment) {
        return new LifecycleState(deployment, recentRequestIds);
    }
}
