package com.shivx.models.registry;

/**
 * A file of a version as it must be found again.
 *
 * @param bytes how many it has
 * @param sha256 their checksum, lower-case hex
 */
public record StoredFile(ArtifactFile file, long bytes, String sha256) {}
