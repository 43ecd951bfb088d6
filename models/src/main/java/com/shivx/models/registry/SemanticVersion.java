package com.shivx.models.registry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version as <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</a> has it.
 * Ordered by its precedence; two that differ in their build alone are different versions, ordered
 * by the build's text, so that the order agrees with equality.
 *
 * @param major 0 to 999,999,999, as the other two
 * @param preRelease what follows the minus, such as {@code rc.1}; empty without
 * @param build what follows the plus; empty without
 */
public record SemanticVersion(int major, int minor, int patch, String preRelease, String build)
        implements Comparable<SemanticVersion> {

    /** No longer text is a version. */
    private static final int MAX_LENGTH = 128;

    private static final Pattern PATTERN =
            Pattern.compile(
                    "(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private static final int MAX_NUMBER = 999_999_999;

    public SemanticVersion {
        if (Math.min(major, Math.min(minor, patch)) < 0
                || Math.max(major, Math.max(minor, patch)) > MAX_NUMBER) {
            throw new RegistryException(
                    "version %d.%d.%d has a number outside 0 to %d; start a new model line"
                            .formatted(major, minor, patch, MAX_NUMBER));
        }
    }

    /**
     * Reads it.
     *
     * @throws RegistryException if it is none
     */
    public static SemanticVersion parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            throw new RegistryException(
                    "version '%s' is not semantic; write it as 2.1.0".formatted(shortened(text)));
        }
        return new SemanticVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                orEmpty(matcher.group(4)),
                orEmpty(matcher.group(5)));
    }

    /** Whether a text is one. */
    public static boolean isOne(String text) {
        return text.length() <= MAX_LENGTH && PATTERN.matcher(text).matches();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }

    /** The next release after this one. A pre-release is followed by what it is one of. */
    public SemanticVersion next(Bump bump) {
        boolean isRelease = preRelease.isEmpty();
        return switch (bump) {
            case MAJOR -> release(isRelease || minor > 0 || patch > 0 ? major + 1 : major, 0, 0);
            case MINOR -> release(major, isRelease || patch > 0 ? minor + 1 : minor, 0);
            case PATCH -> release(major, minor, isRelease ? patch + 1 : patch);
        };
    }

    private static SemanticVersion release(int major, int minor, int patch) {
        return new SemanticVersion(major, minor, patch, "", "");
    }

    @Override
    public int compareTo(SemanticVersion other) {
        int order = Integer.compare(major, other.major);
        order = order != 0 ? order : Integer.compare(minor, other.minor);
        order = order != 0 ? order : Integer.compare(patch, other.patch);
        order = order != 0 ? order : comparePreReleases(preRelease, other.preRelease);
        order = order != 0 ? order : preRelease.compareTo(other.preRelease);
        return order != 0 ? order : build.compareTo(other.build);
    }

    /** A release comes after its pre-releases; of those the field decides that differs first. */
    private static int comparePreReleases(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        String[] left = a.split("\\.", -1);
        String[] right = b.split("\\.", -1);
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = compareFields(left[i], right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static int compareFields(String a, String b) {
        boolean isNumber = NUMBER.matcher(a).matches();
        if (isNumber != NUMBER.matcher(b).matches()) {
            return isNumber ? -1 : 1;
        }
        return isNumber
                ? Integer.compare(Integer.parseInt(a), Integer.parseInt(b))
                : a.compareTo(b);
    }

    @Override
    public String toString() {
        return major
                + "."
                + minor
                + "."
                + patch
                + (preRelease.isEmpty() ? "" : "-" + preRelease)
                + (build.isEmpty() ? "" : "+" + build);
    }
}
