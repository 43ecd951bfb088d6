package com.shivx.models.lifecycle;

import com.shivx.models.deployment.ModelRef;
import java.util.List;

/**
 * What a rollout is to do, from its beginning to its end.
 *
 * @param candidate the version that is on its way
 * @param base the champion that it is compared with, and that serves again if it disappoints
 * @param requestId of the deployment request
 * @param requestedBy who asked
 * @param firstGeneration of its first deployment: what is said of earlier ones is not of it
 * @param steps in their order; at least one
 */
public record RolloutPlan(
        ModelRef candidate,
        ModelRef base,
        String requestId,
        String requestedBy,
        long firstGeneration,
        List<RolloutStep> steps) {

    Asker asker() {
        return new Asker(requestId, requestedBy);
    }
}
