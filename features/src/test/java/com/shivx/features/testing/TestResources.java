package com.shivx.features.testing;

import java.nio.file.Path;

/** What a module keeps for its tests, as files that a test may also write. */
public final class TestResources {

    private TestResources() {}

    /**
     * The file of that name in {@code src/test/resources} of the module under test, wherever the
     * tests' JVM was started. It need not be there yet.
     */
    public static Path file(String name) {
        return Path.of(System.getProperty("basedir", ""), "src/test/resources", name);
    }
}
