package com.shivx.jobs.files;

import java.nio.file.Path;

/**
 * A file in a folder that is known to hold no ticks.
 *
 * @param path where it is
 * @param reason what it is
 */
public record SkippedFile(Path path, String reason) {}
