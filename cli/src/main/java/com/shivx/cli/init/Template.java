package com.shivx.cli.init;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with {@code @words@} that are replaced. Other at-signs, as of Java, stay. */
enum Template {
    POM("pom.xml", "pom.xml"),
    README("README.md", "README.md"),
    GITIGNORE("gitignore", ".gitignore"),
    PROVIDER(
            "provider",
            "src/main/resources/META-INF/services/com.shivx.features.FeatureSetProvider"),
    KERNEL("RollSpread.java", "src/main/java/@packagePath@/RollSpread.java"),
    FEATURE_SET("FeatureSet.java", "src/main/java/@packagePath@/@class@.java"),
    KERNEL_TEST("RollSpreadTest.java", "src/test/java/@packagePath@/RollSpreadTest.java"),
    FEATURE_SET_TEST("FeatureSetTest.java", "src/test/java/@packagePath@/@class@Test.java"),
    REPOSITORY_POM(
            "shivx-features.pom",
            "repository/com/shivx/shivx-features/@shivxVersion@/shivx-features-@shivxVersion@.pom");

    private static final Pattern WORD = Pattern.compile("@(\\w+)@");

    private final String resource;
    private final String path;

    Template(String resource, String path) {
        this.resource = resource + ".template";
        this.path = path;
    }

    /** Where it goes in the project. */
    String path(Map<String, String> words) {
        return filled(path, words);
    }

    /** What stands there. */
    String text(Map<String, String> words) {
        try (InputStream in = Template.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + resource);
            }
            return filled(new String(in.readAllBytes(), StandardCharsets.UTF_8), words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String filled(String text, Map<String, String> words) {
        return WORD.matcher(text)
                .replaceAll(
                        found -> {
                            String value = words.get(found.group(1));
                            if (value == null) {
                                throw new IllegalStateException("no word " + found.group());
                            }
                            return Matcher.quoteReplacement(value);
                        });
    }
}
