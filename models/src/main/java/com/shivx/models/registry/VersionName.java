package com.shivx.models.registry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version as somebody names it: by its number or by an alias.
 *
 * @param model the line, of letters, digits, dots, underscores and minus signs
 * @param version null for an alias
 * @param alias null for a version
 */
public record VersionName(String model, @Nullable SemanticVersion version, @Nullable Alias alias)
        implements ModelLocator {

    static final String SCHEME = "models:/";

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern PLAIN = Pattern.compile("([^@/]*)@([^@/]*)");
    private static final Pattern URI = Pattern.compile("models:/([^@/]*)(?:/([^@/]*)|@([^@/]*))");

    /**
     * Reads {@code direction@2.1.0}, {@code direction@staging}, {@code models:/direction/2.1.0} or
     * {@code models:/direction@staging}.
     *
     * @throws RegistryException if it is none of them
     */
    public static VersionName parse(String text) {
        Matcher plain = PLAIN.matcher(text);
        Matcher uri = URI.matcher(text);
        if (uri.matches()) {
            String model = requireModel(uri.group(1));
            String version = uri.group(2);
            return version != null
                    ? new VersionName(model, SemanticVersion.parse(version), null)
                    : ofEither(model, uri.group(3));
        }
        if (!text.startsWith(SCHEME) && plain.matches()) {
            return ofEither(requireModel(plain.group(1)), plain.group(2));
        }
        throw new RegistryException(
                "'%s' names no version; write direction@2.1.0, direction@staging, models:/direction/2.1.0 or models:/direction@staging"
                        .formatted(text));
    }

    /**
     * The name of a model line, checked: it becomes a folder's name and part of a filter.
     *
     * @throws RegistryException if it is none
     */
    public static String requireModel(String name) {
        if (!isModel(name)) {
            throw new RegistryException(
                    "model name '%s' is not of at most 128 of A-Z, a-z, 0-9, '.', '_' and '-', the first a letter or digit; rename it"
                            .formatted(name));
        }
        return name;
    }

    /** Whether it can be the name of a model line. */
    public static boolean isModel(String name) {
        return MODEL.matcher(name).matches();
    }

    private static VersionName ofEither(String model, String selector) {
        Alias alias = Alias.of(selector).orElse(null);
        if (alias == null && !SemanticVersion.isOne(selector)) {
            throw new RegistryException(
                    "'%s' is neither a version such as 2.1.0 nor an alias; aliases are dev, staging, production and previous"
                            .formatted(selector));
        }
        return new VersionName(
                model, alias == null ? SemanticVersion.parse(selector) : null, alias);
    }

    @Override
    public String toString() {
        return model + "@" + (alias == null ? version : alias.word());
    }
}
