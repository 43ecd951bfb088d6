package com.shivx.control.training;

import com.shivx.control.StableId;

/**
 * One try at a requested training.
 *
 * @param requestId the same for every try
 * @param number from 1
 */
record Attempt(String requestId, int number) {

    /**
     * The id of its job. Whoever submits it again submits the same job, which a cluster takes once.
     */
    String jobId() {
        return StableId.of(requestId + "~" + number);
    }

    /** The id of the deployment request that follows from the request, however often it is made. */
    String deploymentRequestId() {
        return "training-" + StableId.of(requestId);
    }
}
