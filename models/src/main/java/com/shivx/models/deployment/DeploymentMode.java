package com.shivx.models.deployment;

/** How a version comes to serve. */
public enum DeploymentMode {
    /** At once and alone: what else was deployed of the model goes. */
    NOW,
    /** Beside the champion, serving a share. */
    CANARY,
    /** Beside the champion, serving nothing. */
    SHADOW,
    /** As a canary, with a split that is held for a report. */
    AB,
    /** By steps: as a shadow, then a canary of growing shares, then champion and watched. */
    ROLLOUT
}
