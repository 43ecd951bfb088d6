package com.shivx.cli.init;

import com.shivx.cli.console.CommandException;
import com.shivx.cli.console.Reasons;
import com.shivx.features.FeatureSet;
import com.shivx.models.contract.Sha256;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

/**
 * What a project takes from this ShivX.
 *
 * @param root folder of the checkout
 * @param version that the jars are given in the project: the release's, and a sum over them, so
 *     that no cache mistakes another build for it
 * @param jar ticks, kernels, feature sets
 * @param testJar the contract of feature sets, simulated tapes, slow oracles
 */
public record ShivxFiles(Path root, String version, Path jar, Path testJar) {

    /** Maven itself, fetched when first called. */
    static final List<String> WRAPPER =
            List.of("mvnw", "mvnw.cmd", ".mvn/wrapper/maven-wrapper.properties");

    private static final int SUM_LENGTH = 8;

    /**
     * The files of the running ShivX.
     *
     * @throws CommandException if one is not there
     */
    public static ShivxFiles of(Path root, String release) {
        String name = "shivx-features-" + release;
        Path built = root.resolve("features/target");
        Path loaded = loadedFrom();
        Path jar = Files.isRegularFile(loaded) ? loaded : built.resolve(name + ".jar");
        Path beside = jar.resolveSibling(name + "-tests.jar");
        Path testJar = Files.isRegularFile(beside) ? beside : built.resolve(name + "-tests.jar");
        List<Path> jars = List.of(jar, testJar);
        for (Path file : jars) {
            requireThere(file);
        }
        WRAPPER.forEach(file -> requireThere(root.resolve(file)));
        return new ShivxFiles(root, release + "-" + sum(jars), jar, testJar);
    }

    private static Path loadedFrom() {
        CodeSource source = FeatureSet.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError("the location of a jar is a URI: " + source, e);
        }
    }

    private static void requireThere(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandException(
                    "there is no %s; build ShivX with ./mvnw -Dquick package in its checkout"
                            .formatted(file));
        }
    }

    private static String sum(List<Path> files) {
        StringBuilder sums = new StringBuilder();
        for (Path file : files) {
            try {
                sums.append(Sha256.of(Files.readAllBytes(file)));
            } catch (IOException e) {
                throw new CommandException(
                        "cannot read %s (%s); build ShivX anew with ./mvnw -Dquick package"
                                .formatted(file, Reasons.of(e)),
                        e);
            }
        }
        return Sha256.of(sums.toString().getBytes(StandardCharsets.US_ASCII))
                .substring(0, SUM_LENGTH);
    }
}
