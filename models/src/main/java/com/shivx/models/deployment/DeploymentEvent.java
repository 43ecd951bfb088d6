package com.shivx.models.deployment;

import com.shivx.models.Role;
import org.jspecify.annotations.Nullable;

/**
 * What one subtask really does about a deployment: which version it serves from now on, or why it
 * does not.
 *
 * @param model the model line
 * @param generation of the deployment
 * @param kind what happened
 * @param version the version it happened to, the champion where the deployment serves; null where
 *     it is not known
 * @param role the version's part; null with it
 * @param reason why, one line with the remedy; null where there is nothing to explain
 * @param subtask index of the subtask, from 0
 * @param parallelism number of subtasks
 */
public record DeploymentEvent(
        String model,
        long generation,
        Kind kind,
        @Nullable String version,
        @Nullable Role role,
        @Nullable String reason,
        int subtask,
        int parallelism) {

    /** What can happen. */
    public enum Kind {
        /** The subtask serves the generation from its next vector on. */
        SERVING,
        /** A version failed a check; the generation before goes on. */
        REFUSED,
        /** A version failed again and again and is not asked any more. */
        WITHDRAWN
    }
}
