package com.shivx.features;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The schema of one feature: what its float32 means, and what it may be.
 *
 * @param name snake_case, unique within its set
 * @param unit unit of the value; {@code 1} where it has none
 * @param min smallest value that can be right
 * @param max largest value that can be right
 * @param warmUp what must have passed before it has a value
 * @param watch how drift looks at it
 * @param description what it measures, in one sentence
 */
public record Feature(
        String name,
        String unit,
        double min,
        double max,
        WarmUp warmUp,
        Watch watch,
        String description) {

    /** Type of every feature in a vector. */
    public static final String TYPE = "float32";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    public Feature {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Feature name '" + name + "' must be snake_case, such as spread_bps");
        }
        if (!(min < max)) {
            throw new IllegalArgumentException(
                    "Feature " + name + " has an empty range [" + min + ", " + max + "]");
        }
    }

    /**
     * What is wrong with a value, in one line with the remedy; null where nothing is. NaN is a
     * missing value and never wrong.
     */
    public @Nullable String problem(float value) {
        if (Float.isNaN(value) || (value >= (float) min && value <= (float) max)) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "Feature %s is %s, outside [%s, %s] %s: correct the input, or widen the range in"
                        + " the feature set's schema",
                name,
                value,
                min,
                max,
                unit);
    }

    /** One row of {@link FeatureSet#describe()}. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%-26s %-8s [%10.6g, %10.6g] %-14s %-30s %-12s %s",
                name,
                TYPE,
                min,
                max,
                unit,
                warmUp,
                watch.name().toLowerCase(Locale.ROOT),
                description);
    }

    /** What a hash covers: everything that changes what a number means; not the prose. */
    String canonical() {
        return String.join(
                "|",
                name,
                TYPE,
                Double.toString(min),
                Double.toString(max),
                unit,
                warmUp.toString(),
                watch.name());
    }
}
