package com.shivx.models.lifecycle;

import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout is to do, from its beginning to its end. Lives in state: fields are only added,
 * and any may be null in what an earlier release stored.
 *
 * @param candidate the version that is on its way
 * @param base the champion that it is compared with, and that serves again if it disappoints
 * @param requestId of the deployment request
 * @param requestedBy who asked
 * @param firstGeneration of its first deployment: what is said of earlier ones is not of it
 * @param steps in their order; at least one
 * @param routingUnit what its shares are shares of; null in a plan of an earlier release, which
 *     knew slices alone
 */
public record RolloutPlan(
        ModelRef candidate,
        ModelRef base,
        String requestId,
        String requestedBy,
        long firstGeneration,
        List<RolloutStep> steps,
        @Nullable RoutingUnit routingUnit) {

    Asker asker() {
        return new Asker(requestId, requestedBy);
    }
}
