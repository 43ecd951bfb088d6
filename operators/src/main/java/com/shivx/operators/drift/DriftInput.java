package com.shivx.operators.drift;

import com.shivx.features.FeatureVector;
import com.shivx.models.Prediction;
import com.shivx.models.drift.WatchedDeployment;
import org.jspecify.annotations.Nullable;

/**
 * What drift is told by: a vector, a prediction, or a deployment with its references, exactly one
 * of them.
 *
 * @param vector a vector, ready or not
 * @param prediction a prediction
 * @param deployment what is watched from now on
 */
public record DriftInput(
        @Nullable FeatureVector vector,
        @Nullable Prediction prediction,
        @Nullable WatchedDeployment deployment) {

    /** A vector. */
    public static DriftInput of(FeatureVector vector) {
        return new DriftInput(vector, null, null);
    }

    /** A prediction. */
    public static DriftInput of(Prediction prediction) {
        return new DriftInput(null, prediction, null);
    }

    /** A deployment. */
    public static DriftInput of(WatchedDeployment deployment) {
        return new DriftInput(null, null, deployment);
    }
}
