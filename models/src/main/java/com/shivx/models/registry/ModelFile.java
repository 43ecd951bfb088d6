package com.shivx.models.registry;

import java.nio.file.Path;

/** A model that lies in a file. */
public record ModelFile(Path file) implements ModelLocator {}
