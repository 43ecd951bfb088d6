package com.shivx.cli.init;

import com.shivx.cli.console.CommandException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * What a project and its parts are called.
 *
 * @param featureSet name and version of the set, such as {@code my-v1}
 * @param javaPackage package of its classes
 */
public record ProjectName(String featureSet, String javaPackage) {

    private static final Pattern FEATURE_SET = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*-v\\d+");
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    /** Nobody else's classes can be in the first; the others are ours. */
    private static final List<String> TAKEN = List.of("java", "com.shivx");

    public ProjectName {
        if (!FEATURE_SET.matcher(featureSet).matches()) {
            throw new CommandException(
                    "--name '%s' is no name and version of a feature set; write one such as my-v1"
                            .formatted(featureSet));
        }
        if (!PACKAGE.matcher(javaPackage).matches() || !SourceVersion.isName(javaPackage)) {
            throw new CommandException(
                    "--package '%s' is no Java package; write one such as com.example"
                            .formatted(javaPackage));
        }
        for (String taken : TAKEN) {
            if ((javaPackage + ".").startsWith(taken + ".")) {
                throw new CommandException(
                        "--package %s is of %s itself; write one of your own, such as com.example"
                                .formatted(javaPackage, taken));
            }
        }
    }

    /** {@code MyV1}. */
    String className() {
        return Arrays.stream(featureSet.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** {@code com/example}. */
    String packagePath() {
        return javaPackage.replace('.', '/');
    }
}
