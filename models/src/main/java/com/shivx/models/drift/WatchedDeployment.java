package com.shivx.models.drift;

import java.io.Serializable;
import java.util.List;

/**
 * A deployment with the references of its versions.
 *
 * @param model the model line
 * @param generation of the deployment; the greater is the newer
 * @param symbols a glob of the symbols that it is for
 * @param versions champion, canary and shadows
 */
public record WatchedDeployment(
        String model, long generation, String symbols, List<WatchedVersion> versions)
        implements Serializable {}
