package com.shivx.models.lifecycle;

import com.shivx.models.deployment.Deployment;
import com.shivx.models.deployment.LifecycleEvent;
import com.shivx.models.deployment.LifecycleState;
import java.util.List;

/**
 * What comes of one input, or of an instant.
 *
 * @param deployed what is known of deployments after it
 * @param life what is known beside them
 * @param isRemembered whether the two are worth keeping: of a name that is none, nothing is
 * @param events what was decided, in order
 * @param deployments what must serve, in order
 * @param retrainRequests trainings that shall be made
 */
public record LifecycleDecisions(
        LifecycleState deployed,
        ModelLife life,
        boolean isRemembered,
        List<LifecycleEvent> events,
        List<Deployment> deployments,
        List<RetrainRequest> retrainRequests) {}
