package com.shivx.cli.plugin;

import com.shivx.cli.console.CommandException;
import com.shivx.features.FeatureSet;
import com.shivx.features.FeatureSetProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A jar beside others.
 *
 * @param providers names of the classes that it offers feature sets by; none in a library
 */
record PluginJar(Path file, List<String> providers) {

    private static final String SERVICE = "META-INF/services/" + FeatureSetProvider.class.getName();

    private static final String OURS = FeatureSet.class.getName().replace('.', '/') + ".class";

    /**
     * Looks into a file.
     *
     * @throws CommandException if it is no jar, or brings classes of ShivX along: its provider
     *     would be one of those, which nobody else knows
     */
    static PluginJar read(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry(OURS) != null) {
                throw new CommandException(
                        "%s holds classes of ShivX itself: give shivx-features the scope provided and build it again"
                                .formatted(file));
            }
            ZipEntry service = zip.getEntry(SERVICE);
            return new PluginJar(file, service == null ? List.of() : providers(zip, service));
        } catch (IOException e) {
            throw new CommandException(
                    "%s is no jar (%s): build it again, or take it away"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static List<String> providers(ZipFile zip, ZipEntry service) throws IOException {
        try (InputStream in = zip.getInputStream(service)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }
}
