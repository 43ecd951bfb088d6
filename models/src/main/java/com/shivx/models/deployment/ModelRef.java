package com.shivx.models.deployment;

import java.io.Serializable;

/**
 * One version of a model as a deployment names it: enough to fetch it and to know that it is the
 * one. Lives in state and on the wire, so nothing is checked here; {@link DeploymentPolicy} does.
 *
 * @param version the semantic version, such as {@code 2.1.0}; immutable
 * @param uri where its ONNX file lies, with {@code signature.json} beside it
 * @param sha256 checksum of the ONNX file, 64 lower-case hexadecimal digits
 */
public record ModelRef(String version, String uri, String sha256) implements Serializable {}
