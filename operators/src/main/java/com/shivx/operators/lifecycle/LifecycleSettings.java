package com.shivx.operators.lifecycle;

import com.shivx.models.deployment.DeploymentPolicy;
import com.shivx.models.lifecycle.Lifecycle;
import com.shivx.models.lifecycle.RetrainRules;
import com.shivx.models.lifecycle.RolloutRules;
import java.io.Serializable;

/**
 * What a lifecycle decides by.
 *
 * @param deployments which requests become deployments
 * @param retraining when a model is trained again
 * @param rollouts how a version comes to serve
 */
public record LifecycleSettings(
        DeploymentPolicy deployments, RetrainRules retraining, RolloutRules rollouts)
        implements Serializable {

    Lifecycle lifecycle() {
        return new Lifecycle(deployments, retraining, rollouts);
    }
}
