package com.shivx.models.registry;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a model is to be found, as somebody says it: in a registry or in a file. */
public sealed interface ModelLocator permits VersionName, ModelFile {

    /**
     * Reads {@code direction@2.1.0}, {@code direction@staging}, {@code models:/direction/2.1.0},
     * {@code models:/direction@staging}, or the path of a file. What is a file is that file,
     * whatever else it could mean, unless it begins with {@code models:/}.
     *
     * @throws RegistryException if it is none of them
     */
    static ModelLocator of(String text) {
        if (!text.startsWith(VersionName.SCHEME) && isFile(text)) {
            return new ModelFile(Path.of(text));
        }
        if (!text.startsWith(VersionName.SCHEME)
                && (text.indexOf('@') < 0 || text.endsWith(".onnx"))) {
            throw new RegistryException(
                    "there is no model file %s, and it names no version such as direction@2.1.0; name one of them"
                            .formatted(text));
        }
        return VersionName.parse(text);
    }

    private static boolean isFile(String text) {
        try {
            return Files.isRegularFile(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
