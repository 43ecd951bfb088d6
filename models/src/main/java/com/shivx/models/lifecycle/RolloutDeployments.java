package com.shivx.models.lifecycle;

import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.DeploymentMode;
import com.shivx.models.deployment.ModelRef;
import com.shivx.models.deployment.RoutingUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must serve in each step of a rollout. Other shadows stay as they are. */
final class RolloutDeployments {

    private RolloutDeployments() {}

    static Deployment of(RolloutPlan plan, RolloutStep step, Deployment inForce, String requestId) {
        return switch (step.stage()) {
            case SHADOW ->
                    next(
                            inForce,
                            plan,
                            plan.base(),
                            null,
                            0,
                            shadows(plan, inForce, plan.candidate()),
                            requestId);
            case CANARY ->
                    next(
                            inForce,
                            plan,
                            plan.base(),
                            plan.candidate(),
                            step.share(),
                            shadows(plan, inForce, null),
                            requestId);
            case WATCHED ->
                    next(
                            inForce,
                            plan,
                            plan.candidate(),
                            null,
                            0,
                            shadows(plan, inForce, plan.base()),
                            requestId);
        };
    }

    /** The candidate alone, at the end. */
    static Deployment ended(RolloutPlan plan, Deployment inForce) {
        return next(
                inForce,
                plan,
                plan.candidate(),
                null,
                0,
                shadows(plan, inForce, null),
                plan.requestId());
    }

    /** The base alone, as before. */
    static Deployment rolledBack(RolloutPlan plan, Deployment inForce, String requestId) {
        return next(inForce, plan, plan.base(), null, 0, shadows(plan, inForce, null), requestId);
    }

    private static List<ModelRef> shadows(
            RolloutPlan plan, Deployment inForce, @Nullable ModelRef more) {
        List<ModelRef> shadows = new ArrayList<>(inForce.shadows());
        shadows.removeIf(shadow -> shadow.equals(plan.candidate()) || shadow.equals(plan.base()));
        if (more != null) {
            shadows.add(more);
        }
        return List.copyOf(shadows);
    }

    /**
     * Unit and salt are the rollout's own, so that those it serves with a tenth it goes on to serve
     * with a half.
     */
    private static Deployment next(
            Deployment inForce,
            RolloutPlan plan,
            ModelRef champion,
            @Nullable ModelRef canary,
            double share,
            List<ModelRef> shadows,
            String requestId) {
        RoutingUnit unit = plan.routingUnit();
        return new Deployment(
                inForce.model(),
                inForce.generation() + 1,
                DeploymentMode.ROLLOUT,
                champion,
                canary,
                share,
                shadows,
                inForce.symbols(),
                unit == null ? RoutingUnit.SYMBOL_SLICE : unit,
                inForce.routingSliceMicros(),
                inForce.model() + "/" + plan.firstGeneration(),
                requestId);
    }
}
