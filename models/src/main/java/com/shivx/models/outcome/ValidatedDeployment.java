package com.shivx.models.outcome;

import java.io.Serializable;
import java.util.List;

/**
 * A deployment with what its versions were validated to be.
 *
 * @param model the model line
 * @param generation of the deployment; the greater is the newer
 * @param versions champion, canary and shadows
 */
public record ValidatedDeployment(String model, long generation, List<ValidatedVersion> versions)
        implements Serializable {}
