package com.shivx.operators.scoring;

import com.shivx.models.deployment.Deployment;
import com.shivx.operators.features.TickVector;
import org.jspecify.annotations.Nullable;

/**
 * What the scoring stage takes, in one order: vectors, and the deployments that say who scores
 * them; exactly one of the two.
 *
 * @param vector a vector, ready or not; null
 * @param deployment what must serve from now on; null
 */
public record ScoringInput(@Nullable TickVector vector, @Nullable Deployment deployment) {

    /** A vector to score. */
    public static ScoringInput of(TickVector vector) {
        return new ScoringInput(vector, null);
    }

    /** A deployment to go over to. */
    public static ScoringInput of(Deployment deployment) {
        return new ScoringInput(null, deployment);
    }
}
