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
    AB
}
