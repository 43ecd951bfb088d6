package com.shivx.features.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real market data, published indicator values and foreign models, which lie beside the checkout
 * and not in it.
 */
public final class RealData {

    private RealData() {}

    /** The folder of that name; without it the running test is skipped and says so. */
    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("shivx.data", "../shared/data"), name).normalize();
        assumeTrue(
                Files.isDirectory(folder),
                () -> "SKIPPED: no real data at " + folder.toAbsolutePath());
        return folder;
    }
}
